import type { ReactNode } from 'react'
import { Mark } from '@/components/layout/mark'

/** The form on the left; on wide screens, beside it, what it opens. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_1.25fr]">
      <main className="grid place-items-center px-6 py-10">
        <div className="w-full max-w-[21rem]">{children}</div>
      </main>
      <aside
        aria-hidden
        className="relative hidden overflow-hidden border-l bg-sidebar lg:grid lg:place-items-center"
      >
        <div className="absolute inset-0 bg-[radial-gradient(60rem_40rem_at_80%_110%,color-mix(in_oklab,var(--primary)_16%,transparent),transparent)]" />
        <Mark className="size-[30rem] text-foreground/12 [&_path]:opacity-90" strokeWidth={0.4} />
      </aside>
    </div>
  )
}

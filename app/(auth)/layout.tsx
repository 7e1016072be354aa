import type { ReactNode } from 'react'
import { LinesPlan } from '@/components/layout/lines-plan'

/** The form on the left; beside it, where there is room, a hull on its ways. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(27rem,1fr)_1.4fr]">
      <main className="grid place-items-center px-6 py-10">
        <div className="w-full max-w-[21rem]">{children}</div>
      </main>
      <aside
        aria-hidden
        className="relative hidden place-items-center overflow-hidden border-l bg-sidebar lg:grid"
      >
        <div className="absolute inset-0 bg-[radial-gradient(55rem_38rem_at_85%_115%,color-mix(in_oklab,var(--primary)_14%,transparent),transparent)]" />
        <LinesPlan className="relative w-[108%] max-w-none" />
      </aside>
    </div>
  )
}

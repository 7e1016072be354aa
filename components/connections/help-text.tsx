import type { ReactNode } from 'react'
import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'

/** What has to be done at the provider before the form is of use. */
export function HelpBox({ children }: { children: ReactNode }) {
  return <div className="grid gap-3 rounded-md border bg-muted/40 p-3 text-sm">{children}</div>
}

/** One text to copy: what it is for at once, itself on demand. */
export function HelpText(props: { title: string; text: string; copy: string; children: ReactNode }) {
  const { title, text, copy, children } = props
  return (
    <details className="group min-w-0">
      <summary className="flex cursor-pointer list-none items-center justify-between gap-2 rounded-sm outline-none focus-visible:outline-2 focus-visible:outline-ring">
        <span>
          <span className="block font-medium">{title}</span>
          <span className="block text-muted-foreground text-xs">{children}</span>
        </span>
        <span className="shrink-0 text-xs underline underline-offset-2 group-open:hidden">Show</span>
        <span className="hidden shrink-0 text-xs underline underline-offset-2 group-open:block">Hide</span>
      </summary>
      <div className="mt-2 grid gap-2">
        <CodeBlock label={title} className="max-h-60">
          {text}
        </CodeBlock>
        <CopyButton text={text} label={copy} size="sm" variant="outline" className="justify-self-start" />
      </div>
    </details>
  )
}

/** A text that cannot be written yet, and what it waits for. */
export function HelpLater({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="font-medium">{title}</p>
      <p className="text-muted-foreground text-xs">{children}</p>
    </div>
  )
}

export function HelpNote({ children }: { children: ReactNode }) {
  return <p className="text-muted-foreground text-xs">{children}</p>
}

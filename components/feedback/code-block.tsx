import { cn } from '@/components/ui/cn'

/** Text to read or copy as it is; scrolls inside itself, also by keyboard. `label` names it for a screen reader. */
export function CodeBlock({
  label,
  className,
  children,
}: {
  label: string
  className?: string
  children: string
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn(
        'max-h-80 overflow-auto rounded-md bg-muted p-3 font-mono text-xs outline-none focus-visible:outline-2 focus-visible:outline-ring',
        className,
      )}
    >
      <pre className="font-mono">{children}</pre>
    </section>
  )
}

import type { Change } from '@/lib/domain/endpoint/diff'

/** What saving would change, or what somebody else changed. Secrets never show their values. */
export function ChangeList({ changes, baseRevision }: { changes: readonly Change[]; baseRevision: number }) {
  if (changes.length === 0)
    return <p className="text-muted-foreground text-sm">Nothing changed against revision {baseRevision}.</p>
  return (
    <ul className="grid max-h-40 gap-1 overflow-y-auto text-sm">
      {changes.map(change => (
        <li key={change.path} className="flex flex-wrap gap-x-2">
          <span className="text-muted-foreground">{change.label}</span>
          <span className="break-all font-mono text-xs leading-5">
            {change.before ?? 'none'} → {change.after ?? 'none'}
          </span>
        </li>
      ))}
    </ul>
  )
}

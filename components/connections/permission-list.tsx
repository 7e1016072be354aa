import { CircleCheckIcon, CircleHelpIcon, CircleXIcon } from 'lucide-react'
import type { PermissionResult } from '@/lib/domain/connections/connection'

const LOOKS = {
  yes: { icon: CircleCheckIcon, tone: 'text-state-good', word: 'yes' },
  no: { icon: CircleXIcon, tone: 'text-state-bad', word: 'no' },
  unknown: { icon: CircleHelpIcon, tone: 'text-state-warning', word: 'not known' },
} as const

/** What a connection may do, one by one, as the last test found it. */
export function PermissionList({ permissions }: { permissions: readonly PermissionResult[] }) {
  return (
    <ul className="grid gap-1.5 text-sm">
      {permissions.map(({ id, label, allowed, advice }) => {
        const { icon: Icon, tone, word } = LOOKS[allowed]
        return (
          <li key={id} className="flex gap-2">
            <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              May {label}: {word}
              {advice && <span className="text-muted-foreground">. {advice}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

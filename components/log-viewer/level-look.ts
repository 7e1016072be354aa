import type { LevelChoice } from '@/lib/domain/logs/filter'

/** Word, short word and colour of a level: never the colour alone. */
export const LEVEL_LOOK: Record<
  LevelChoice,
  { label: string; short: string; className: string; row: string }
> = {
  trace: { label: 'Trace', short: 'TRC', className: 'text-muted-foreground', row: '' },
  debug: { label: 'Debug', short: 'DBG', className: 'text-muted-foreground', row: '' },
  info: { label: 'Info', short: 'INF', className: 'text-state-progress', row: '' },
  warning: { label: 'Warning', short: 'WRN', className: 'text-state-warning', row: 'bg-state-warning/6' },
  error: { label: 'Error', short: 'ERR', className: 'text-state-bad', row: 'bg-state-bad/7' },
  critical: {
    label: 'Critical',
    short: 'CRT',
    className: 'font-semibold text-state-bad',
    row: 'bg-state-bad/10',
  },
  none: { label: 'No level', short: '   ', className: '', row: '' },
}

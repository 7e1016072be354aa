'use client'

import { BoxesIcon, ListFilterIcon, TerminalIcon, XIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { LEVEL_CHOICES } from '@/lib/domain/logs/filter'
import { LOG_STREAMS } from '@/lib/domain/logs/line'
import { FilterMenu } from './filter-menu'
import { LEVEL_LOOK } from './level-look'
import { SearchBox } from './search-box'
import { TimeRange } from './time-range'
import type { ReplicaLook } from './use-log-head'
import type { LogParams } from './use-log-params'

type Props = { log: LogParams; looks: ReadonlyMap<string, ReplicaLook> }

const LEVELS = LEVEL_CHOICES.map(value => ({
  value,
  label: <span className={LEVEL_LOOK[value].className}>{LEVEL_LOOK[value].label}</span>,
})).reverse()
const STREAMS = LOG_STREAMS.map(value => ({ value, label: value }))

/** Which lines are shown. */
export function Toolbar({ log, looks }: Props) {
  const { params, setFilter } = log
  const replicas = [...looks].reverse().map(([value, look]) => ({
    value,
    label: (
      <>
        <span className="size-2 shrink-0 rounded-full" style={{ background: look.color }} aria-hidden />
        {look.name}
        <span className="text-muted-foreground">revision {look.revision}</span>
      </>
    ),
  }))
  return (
    <search className="contents sm:flex sm:flex-wrap sm:items-start sm:gap-2">
      <SearchBox params={params} setFilter={setFilter} />
      <FilterMenu
        label="Replica"
        icon={<BoxesIcon aria-hidden />}
        choices={replicas}
        chosen={params.replica}
        onChange={replica => setFilter({ replica })}
      />
      <FilterMenu
        label="Level"
        icon={<ListFilterIcon aria-hidden />}
        choices={LEVELS}
        chosen={params.level}
        onChange={level => setFilter({ level })}
      />
      <FilterMenu
        label="Stream"
        icon={<TerminalIcon aria-hidden />}
        choices={STREAMS}
        chosen={params.stream}
        onChange={stream => setFilter({ stream })}
      />
      <TimeRange params={params} setFilter={setFilter} />
      <Chips log={log} />
      {log.isFiltered && (
        <Button variant="ghost" onClick={log.clearFilter}>
          <XIcon aria-hidden />
          Clear
        </Button>
      )}
    </search>
  )
}

/** Parts of the filter that come from clicking a value, each with a way to take it back. */
function Chips({ log }: { log: LogParams }) {
  const { params, setFilter } = log
  const chips = [
    params.request && { label: `Request ${params.request}`, clear: () => setFilter({ request: '' }) },
    params.not && { label: `Not “${params.not}”`, clear: () => setFilter({ not: '' }) },
    params.revision.length > 0 && {
      label: `Revision ${params.revision.join(', ')}`,
      clear: () => setFilter({ revision: [] }),
    },
  ].filter(chip => typeof chip === 'object')
  return chips.map(chip => (
    <Button key={chip.label} variant="secondary" onClick={chip.clear} aria-label={`Remove: ${chip.label}`}>
      <span className="max-w-56 truncate font-mono text-xs">{chip.label}</span>
      <XIcon aria-hidden />
    </Button>
  ))
}

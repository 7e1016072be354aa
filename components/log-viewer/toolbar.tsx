'use client'

import { BoxesIcon, HistoryIcon, ListFilterIcon, TerminalIcon } from 'lucide-react'
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
  const revisions = [...new Set([...looks.values()].map(look => look.revision))]
    .sort((a, b) => b - a)
    .map(value => ({ value, label: `Revision ${value}` }))
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
      {revisions.length > 1 && (
        <FilterMenu
          label="Revision"
          icon={<HistoryIcon aria-hidden />}
          choices={revisions}
          chosen={params.revision}
          onChange={revision => setFilter({ revision })}
        />
      )}
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
      <TimeRange log={log} />
    </search>
  )
}

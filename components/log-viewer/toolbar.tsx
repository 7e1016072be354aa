'use client'

import { BoxesIcon, HistoryIcon, ListFilterIcon, SlidersHorizontalIcon, TerminalIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { LEVEL_CHOICES } from '@/lib/domain/logs/filter'
import { LOG_STREAMS } from '@/lib/domain/logs/line'
import { FilterMenu } from './filter-menu'
import { LEVEL_LOOK } from './level-look'
import { SearchBox } from './search-box'
import { TimeRange } from './time-range'
import type { ReplicaLook } from './use-log-head'
import type { LogParams } from './use-log-params'
import { chipsOf } from './values/log-value'

type FilterProps = { log: LogParams; looks: ReadonlyMap<string, ReplicaLook> }
type Props = FilterProps & { viewOptions: ReactNode; download: ReactNode }

const LEVELS = LEVEL_CHOICES.map(value => ({
  value,
  label: <span className={LEVEL_LOOK[value].className}>{LEVEL_LOOK[value].label}</span>,
})).reverse()
const STREAMS = LOG_STREAMS.map(value => ({ value, label: value }))

/** Which lines are shown, and how. On narrow screens one row: all but the search stands behind a button. */
export function Toolbar({ log, looks, viewOptions, download }: Props) {
  const { params, setFilter, written } = log
  const isTimeSet = params.since !== null || params.until !== null
  const chosen = chipsOf(written).length + (isTimeSet ? 1 : 0)
  return (
    <div className="flex items-start gap-2 border-b p-2 sm:flex-wrap sm:justify-between">
      <search className="flex min-w-0 flex-1 flex-wrap items-start gap-2 sm:flex-initial">
        <SearchBox params={params} setFilter={setFilter} />
        <div className="hidden sm:contents">
          <Filters log={log} looks={looks} />
        </div>
      </search>
      <div className="flex items-center gap-2">
        <div className="hidden sm:block">{viewOptions}</div>
        <Popover>
          <PopoverTrigger asChild>
            <Button variant="outline" aria-label="Filters and view" className="relative px-2 sm:hidden">
              <SlidersHorizontalIcon aria-hidden />
              {chosen > 0 && <Badge variant="default">{chosen}</Badge>}
            </Button>
          </PopoverTrigger>
          <PopoverContent align="end" aria-label="Filters and view" className="grid gap-3">
            <div className="flex flex-wrap gap-2">
              <Filters log={log} looks={looks} />
            </div>
            {viewOptions}
          </PopoverContent>
        </Popover>
        {download}
      </div>
    </div>
  )
}

/** By whom, how bad, on which stream, and when. */
function Filters({ log, looks }: FilterProps) {
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
    <>
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
    </>
  )
}

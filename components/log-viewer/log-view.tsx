'use client'

import { useMemo, useRef, useState } from 'react'
import { EMPTY_FILTER } from '@/lib/domain/logs/filter'
import type { RequestLines } from '@/lib/domain/logs/request-lines'
import { routes } from '@/lib/routes'
import { DensityStrip } from './density/density-strip'
import { DownloadMenu } from './download-menu'
import { LineDetail } from './line-detail'
import { LineList } from './line-list'
import { LineSkeleton } from './log-skeleton'
import { useMarks } from './marks/use-marks'
import { EmptyLog, LogNotices } from './notices'
import { RequestBanner } from './request-banner'
import { blockAround } from './session/block-around'
import { indexOfSeq } from './session/line-window'
import { ConnectionStatus, ViewOptions } from './status-bar'
import { Toolbar } from './toolbar'
import type { ReplicaLook } from './use-log-head'
import { useLogParams } from './use-log-params'
import { useLogSession } from './use-log-session'
import { useMediaQuery } from './use-media-query'
import { usePreference } from './use-preference'
import { useToday } from './use-today'
import { Chips } from './values/chips'
import { type PickedValue, ValueMenu } from './values/value-menu'

type Props = {
  team: string
  endpoint: string
  newest: number
  /** The URL's line is where somebody came from, not where to open. */
  ignoreLine: boolean
  looks: ReadonlyMap<string, ReplicaLook>
  /** Only the lines of this request. */
  ofRequest: { id: string; lines: RequestLines } | null
  onReopen: () => void
  className: string
}

export function LogView(props: Props) {
  const { team, endpoint, newest, ignoreLine, looks, ofRequest, onReopen, className } = props
  const log = useLogParams(
    ofRequest && (ofRequest.lines.filter ?? { ...EMPTY_FILTER, request: ofRequest.id }),
  )
  const { params, filter, filterKey, isFiltered } = log
  const start = { filterKey, around: params.line, atMs: params.at }
  const [opened, setOpened] = useState({
    ...(ignoreLine ? { filterKey, around: null, atMs: null } : start),
    turn: 0,
  })
  if (opened.filterKey !== filterKey) setOpened({ ...start, turn: opened.turn })
  const openAt = (atMs: number) => {
    log.openAt(atMs)
    setOpened({ filterKey, around: null, atMs, turn: opened.turn + 1 })
  }
  const { session, snapshot } = useLogSession({ ...opened, team, endpoint, filter, newest })
  const [picked, setPicked] = useState<PickedValue | null>(null)
  const marks = useMarks(filter)
  const isNarrow = useMediaQuery('(max-width: 48rem)')
  const [wrap, setWrap] = usePreference('logs.wrap', isNarrow)
  const todayMs = useToday(log.zone)
  const { time } = params
  const view = useMemo(() => ({ time, todayMs, wrap, marks, looks }), [time, todayMs, wrap, marks, looks])
  // Paused by the button stays paused at the end; paused by scrolling away goes on there.
  const pausedByHand = useRef(false)
  const { lines } = snapshot.window

  const resume = () => {
    pausedByHand.current = false
    if (session.resume()) return
    log.choose(null)
    onReopen()
  }
  const onAtEnd = (isAtEnd: boolean) => {
    const { kind } = snapshot.connection
    if (!isAtEnd) session.pause()
    else if (kind === 'paused' && !pausedByHand.current && !snapshot.newLines.many) session.resume()
  }
  const choose = (seq: number) => {
    // What is being looked at must not scroll away.
    pausedByHand.current = true
    session.pause()
    log.choose(seq)
  }
  const index = params.line === null ? -1 : indexOfSeq(lines, params.line)
  const chosen = index !== -1 && lines[index]?.seq === params.line ? lines[index] : undefined
  const block = chosen ? blockAround(lines, index) : []
  const { kind } = snapshot.connection
  const isFollowing = kind === 'live' || kind === 'connecting' || (snapshot.isOpening && kind === 'ended')
  const recordOf = (id: string) => routes.endpoint(team, endpoint, 'analytics', { request: id })

  return (
    <div className={className}>
      <Toolbar
        log={log}
        looks={looks}
        viewOptions={<ViewOptions look={time} setLook={log.setTimeLook} wrap={wrap} setWrap={setWrap} />}
        download={<DownloadMenu team={team} endpoint={endpoint} filter={filter} isFiltered={isFiltered} />}
      />
      {!ofRequest && (
        <DensityStrip
          team={team}
          endpoint={endpoint}
          filter={filter}
          zone={log.zone}
          onOpenAt={openAt}
          onRange={range => log.setFilter(range, { history: 'push' })}
        />
      )}
      <Chips log={log} looks={looks} />
      {ofRequest && (
        <RequestBanner {...ofRequest} record={recordOf(ofRequest.id)} onClear={log.clearFilter} />
      )}
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-3 py-1">
        <ConnectionStatus
          snapshot={snapshot}
          onPause={() => {
            pausedByHand.current = true
            session.pause()
          }}
          onResume={resume}
        />
        <LogNotices
          snapshot={snapshot}
          isFiltered={isFiltered}
          isUnmarked={marks.isTooSlow}
          zone={log.zone}
          onRetry={session.retry}
          onOpenAgain={() => params.at !== null && openAt(params.at)}
        />
      </div>
      {lines.length === 0 && (snapshot.older.isReading || snapshot.isOpening) && <LineSkeleton />}
      {lines.length === 0 && !snapshot.older.isReading && !snapshot.isOpening && (
        <EmptyLog snapshot={snapshot} isFiltered={isFiltered} log={log} onRetry={onReopen} />
      )}
      {lines.length > 0 && (
        <LineList
          lines={lines}
          view={view}
          isFollowing={isFollowing}
          chosen={params.line}
          target={params.line ?? snapshot.startSeq}
          onChoose={choose}
          onPick={setPicked}
          onNearStart={() => void session.readOlder()}
          onNearEnd={() => void session.readNewer()}
          onAtEnd={onAtEnd}
        />
      )}
      {chosen && (
        <LineDetail
          line={chosen}
          block={block}
          replica={looks.get(chosen.replicaId)}
          log={log}
          links={{
            line: routes.endpoint(team, endpoint, 'logs', { line: String(chosen.seq) }),
            record: chosen.requestId && recordOf(chosen.requestId),
          }}
          onPick={setPicked}
        />
      )}
      {picked && <ValueMenu picked={picked} log={log} looks={looks} onClose={() => setPicked(null)} />}
    </div>
  )
}

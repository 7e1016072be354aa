'use client'

import { useRef, useState } from 'react'
import { routes } from '@/lib/routes'
import { DownloadMenu } from './download-menu'
import { LineDetail } from './line-detail'
import { LineList } from './line-list'
import { LineSkeleton } from './log-skeleton'
import { EmptyLog, LogNotices } from './notices'
import { blockAround } from './session/block-around'
import { indexOfSeq } from './session/line-window'
import { ConnectionStatus, ViewOptions } from './status-bar'
import { Toolbar } from './toolbar'
import type { ReplicaLook } from './use-log-head'
import { useLogParams } from './use-log-params'
import { useLogSession } from './use-log-session'
import { useMediaQuery } from './use-media-query'
import { usePreference } from './use-preference'

type Props = {
  team: string
  endpoint: string
  newest: number
  /** The URL's line is where somebody came from, not where to open. */
  ignoreLine: boolean
  looks: ReadonlyMap<string, ReplicaLook>
  onReopen: () => void
  className: string
}

export function LogView({ team, endpoint, newest, ignoreLine, looks, onReopen, className }: Props) {
  const log = useLogParams()
  const { params, filter, filterKey, isFiltered } = log
  const [opened, setOpened] = useState({ filterKey, around: ignoreLine ? null : params.line })
  if (opened.filterKey !== filterKey) setOpened({ filterKey, around: params.line })
  const { session, snapshot } = useLogSession({
    team,
    endpoint,
    filter,
    filterKey,
    newest,
    around: opened.around,
  })
  const isNarrow = useMediaQuery('(max-width: 48rem)')
  const [wrap, setWrap] = usePreference('logs.wrap', isNarrow)
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
  const isFollowing = snapshot.connection.kind === 'live' || snapshot.connection.kind === 'connecting'

  return (
    <div className={className}>
      <div className="flex flex-wrap items-start gap-2 border-b p-2 sm:justify-between">
        <Toolbar log={log} looks={looks} />
        <div className="flex flex-wrap items-center gap-2">
          <ViewOptions zone={params.zone} setZone={log.setZone} wrap={wrap} setWrap={setWrap} />
          <DownloadMenu team={team} endpoint={endpoint} filter={filter} isFiltered={isFiltered} />
        </div>
      </div>
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-3 py-1">
        <ConnectionStatus
          snapshot={snapshot}
          onPause={() => {
            pausedByHand.current = true
            session.pause()
          }}
          onResume={resume}
        />
        <LogNotices snapshot={snapshot} isFiltered={isFiltered} zone={params.zone} />
      </div>
      {lines.length === 0 && (snapshot.older.isReading || snapshot.isOpening) && <LineSkeleton />}
      {lines.length === 0 && !snapshot.older.isReading && !snapshot.isOpening && (
        <EmptyLog snapshot={snapshot} isFiltered={isFiltered} log={log} onRetry={onReopen} />
      )}
      {lines.length > 0 && (
        <LineList
          lines={lines}
          view={{ zone: params.zone, wrap, filter, looks }}
          isFollowing={isFollowing}
          chosen={params.line}
          onChoose={choose}
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
          link={routes.endpoint(team, endpoint, 'logs', { line: String(chosen.seq) })}
        />
      )}
    </div>
  )
}

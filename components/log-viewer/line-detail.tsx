'use client'

import { CrosshairIcon, FilterIcon, XIcon } from 'lucide-react'
import { CopyButton } from '@/components/feedback/copy-button'
import { Button } from '@/components/ui/button'
import { stripAnsi } from '@/lib/domain/logs/ansi'
import type { LogLine } from '@/lib/domain/logs/line'
import { jsonFields } from '@/lib/domain/logs/parse-line'
import { visible } from '@/lib/domain/logs/visible'
import { exactTime } from './format-time'
import { LEVEL_LOOK } from './level-look'
import type { ReplicaLook } from './use-log-head'
import type { LogParams } from './use-log-params'

type Props = {
  line: LogLine
  /** The lines that belong together with it, a stack trace; at least itself. */
  block: readonly LogLine[]
  replica: ReplicaLook | undefined
  log: LogParams
  /** Path of this line in this log. */
  link: string
}

/** The chosen line, whole: what it says, where it comes from, and where to go from it. */
export function LineDetail({ line, block, replica, log, link }: Props) {
  const plain = block.map(part => stripAnsi(part.text)).join('\n')
  const { requestId } = line
  return (
    <section
      aria-label="Chosen line"
      className="grid max-h-[45%] shrink-0 grid-rows-[auto_1fr] border-t bg-card"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5 text-xs">
        <Facts line={line} replica={replica} zone={log.params.zone} />
        <div className="ml-auto flex flex-wrap items-center gap-1">
          {requestId && log.params.request !== requestId && (
            <Button size="sm" variant="ghost" onClick={() => log.setFilter({ request: requestId })}>
              <FilterIcon aria-hidden />
              This request’s lines
            </Button>
          )}
          {log.isFiltered && (
            <Button size="sm" variant="ghost" onClick={() => log.showInContext(line.seq)}>
              <CrosshairIcon aria-hidden />
              View in context
            </Button>
          )}
          <CopyButton text={plain} label={block.length > 1 ? 'Copy block' : 'Copy line'} size="sm" />
          <CopyButton text={`${window.location.origin}${link}`} label="Copy link" size="sm" />
          <Button size="icon-sm" variant="ghost" aria-label="Close" onClick={() => log.choose(null)}>
            <XIcon aria-hidden />
          </Button>
        </div>
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 overflow-auto p-3 font-mono text-xs leading-5 outline-none focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
      >
        <Content plain={plain} />
      </div>
    </section>
  )
}

function Facts({
  line,
  replica,
  zone,
}: {
  line: LogLine
  replica: ReplicaLook | undefined
  zone: 'local' | 'utc'
}) {
  const facts = [
    ['Line', line.seq.toLocaleString('en-US')],
    ['Time', exactTime(line.timeMs, zone)],
    ['Replica', replica ? `${replica.name}, revision ${line.revision}` : line.replicaId],
    ['Stream', line.stream],
    ['Level', line.level ? LEVEL_LOOK[line.level].label : null],
    ['Request', line.requestId],
  ] as const
  return facts.map(([name, value]) =>
    value === null ? null : (
      <span key={name}>
        <span className="text-muted-foreground">{name} </span>
        <span className="break-all font-mono">{value}</span>
      </span>
    ),
  )
}

/** A JSON line unfolded, any other one as it is. */
function Content({ plain }: { plain: string }) {
  const fields = jsonFields(plain)
  if (!fields) return <p className="whitespace-pre-wrap wrap-anywhere">{visible(plain)}</p>
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4">
      {Object.entries(fields).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted-foreground">{visible(name)}</dt>
          <dd className="whitespace-pre-wrap wrap-anywhere">
            {visible(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

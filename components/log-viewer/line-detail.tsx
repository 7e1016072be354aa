'use client'

import { CrosshairIcon, FileSearchIcon, FilterIcon, XIcon } from 'lucide-react'
import Link from 'next/link'
import { CopyButton } from '@/components/feedback/copy-button'
import { Button } from '@/components/ui/button'
import { stripAnsi } from '@/lib/domain/logs/ansi'
import type { LogLine } from '@/lib/domain/logs/line'
import { jsonFields } from '@/lib/domain/logs/parse-line'
import { LineFacts } from './line-facts'
import type { ReplicaLook } from './use-log-head'
import type { LogParams } from './use-log-params'
import type { PickedValue } from './values/value-menu'
import { WordArea, WordText } from './values/word-text'

type Props = {
  line: LogLine
  /** The lines that belong together with it, a stack trace; at least itself. */
  block: readonly LogLine[]
  replica: ReplicaLook | undefined
  log: LogParams
  /** Paths: of this line in this log, and of its request's record. */
  links: { line: string; record: string | null }
  onPick: (picked: PickedValue) => void
}

/** The chosen line, whole: what it says, where it comes from, and where to go from it. */
export function LineDetail({ line, block, replica, log, links, onPick }: Props) {
  const plain = block.map(part => stripAnsi(part.text)).join('\n')
  return (
    <section
      aria-label="Chosen line"
      className="grid max-h-[45%] shrink-0 grid-rows-[auto_1fr] border-t bg-card"
    >
      <div className="flex items-start gap-2 border-b py-1 pr-1 pl-3 text-xs">
        <div className="grid min-w-0 flex-1 gap-1 py-1">
          <LineFacts line={line} replica={replica} zone={log.zone} onPick={onPick} />
          <div className="-ml-2 flex flex-wrap items-center gap-x-1">
            {links.record !== null && (
              <Button size="sm" variant="ghost" asChild>
                <Link href={links.record}>
                  <FileSearchIcon aria-hidden />
                  Request’s record
                </Link>
              </Button>
            )}
            {line.requestId !== null && log.written.request !== line.requestId && (
              <Button size="sm" variant="ghost" onClick={() => log.narrow({ request: line.requestId ?? '' })}>
                <FilterIcon aria-hidden />
                Request’s lines
              </Button>
            )}
            {log.isFiltered && (
              <Button size="sm" variant="ghost" onClick={() => log.showInContext(line.seq)}>
                <CrosshairIcon aria-hidden />
                View in context
              </Button>
            )}
            <CopyButton text={plain} label={block.length > 1 ? 'Copy block' : 'Copy line'} size="sm" />
            <CopyButton text={`${window.location.origin}${links.line}`} label="Copy link" size="sm" />
          </div>
        </div>
        <Button size="icon-sm" variant="ghost" aria-label="Close" onClick={() => log.choose(null)}>
          <XIcon aria-hidden />
        </Button>
      </div>
      <WordArea onPick={onPick}>
        <Content plain={plain} />
      </WordArea>
    </section>
  )
}

/** A JSON line unfolded, any other one as it is. */
function Content({ plain }: { plain: string }) {
  const fields = jsonFields(plain)
  if (!fields)
    return (
      <p className="whitespace-pre-wrap wrap-anywhere">
        <WordText text={plain} />
      </p>
    )
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4">
      {Object.entries(fields).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted-foreground">
            <WordText text={name} />
          </dt>
          <dd className="whitespace-pre-wrap wrap-anywhere">
            <WordText text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

import { CodeBlock } from '@/components/feedback/code-block'
import { Badge } from '@/components/ui/badge'
import { formatMs } from '@/lib/domain/format/measure'
import { answerOf } from '@/lib/domain/playground/answer'
import type { CallResult } from './use-call'

/** The real answer: drawn by its shape, with status, time and request id, and as it came below. */
export function AnswerView({ result }: { result: CallResult }) {
  const ok = result.status < 400
  return (
    <div className="grid gap-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs tabular-nums">
        <Badge variant="outline" className={ok ? 'text-state-good' : 'text-state-bad'}>
          {result.status}
        </Badge>
        <span>{formatMs(result.totalMs)}</span>
        {result.requestId && (
          <span className="text-muted-foreground">
            Request <span className="font-mono">{result.requestId}</span>
          </span>
        )}
      </p>
      <Drawn result={result} />
      {result.body.kind === 'json' && (
        <details open={!ok || answerOf(result.body.value).kind === 'json'}>
          <summary className="cursor-pointer text-muted-foreground text-xs">JSON</summary>
          <CodeBlock label="Answer as JSON" className="mt-2">
            {JSON.stringify(result.body.value, null, 2)}
          </CodeBlock>
        </details>
      )}
    </div>
  )
}

function Drawn({ result }: { result: CallResult }) {
  const { body } = result
  if (body.kind === 'media') {
    return result.contentType.startsWith('image/') ? (
      // biome-ignore lint/performance/noImgElement: an object URL of this tab; there is nothing to optimise
      <img src={body.url} alt="What the model answered" className="max-h-96 rounded-md border" />
    ) : (
      // biome-ignore lint/a11y/useMediaCaption: sound made by a model this second has no captions
      <audio controls src={body.url} className="w-full" />
    )
  }
  if (body.kind === 'text')
    return <p className="whitespace-pre-wrap rounded-md border bg-card p-3">{body.text}</p>
  const answer = answerOf(body.value)
  switch (answer.kind) {
    case 'scores':
      return <ScoreBars items={answer.items} />
    case 'text':
      return <p className="whitespace-pre-wrap rounded-md border bg-card p-3">{answer.text}</p>
    case 'entities':
      return (
        <ScoreBars
          items={answer.items.map(item => ({ label: `${item.word} · ${item.label}`, score: item.score }))}
        />
      )
    case 'boxes':
      return (
        <ScoreBars
          items={answer.items.map(item => ({ label: `${item.label} (${item.box})`, score: item.score }))}
        />
      )
    case 'vector':
      return (
        <p className="text-sm">
          {answer.vectors} {answer.vectors === 1 ? 'vector' : 'vectors'} of {answer.dimensions} dimensions:{' '}
          <span className="font-mono text-xs">
            {answer.head.map(value => value.toFixed(4)).join(', ')}
            {answer.dimensions > answer.head.length && ', …'}
          </span>
        </p>
      )
    case 'json':
      return null
  }
}

/** Labels with their scores as bars; scores outside 0–1 (similarities can be negative) are cut for drawing only. */
function ScoreBars({ items }: { items: readonly { label: string; score: number }[] }) {
  return (
    <ul className="grid gap-2">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same label may come twice, in a fixed order
        <li key={index} className="grid gap-1">
          <div className="flex justify-between gap-3">
            <span className="truncate">{item.label}</span>
            <span className="text-muted-foreground tabular-nums">{item.score.toFixed(4)}</span>
          </div>
          <div className="h-1.5 overflow-hidden rounded-full bg-muted">
            <div
              className="h-full rounded-full bg-series-1"
              style={{ width: `${Math.max(0, Math.min(1, item.score)) * 100}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

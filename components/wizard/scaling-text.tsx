import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { formatUsdPerHour, formatUsdPerMonth } from '@/lib/domain/format/money'

/** `2`, `1 to 4`, `0 to 2`. */
export const scalingText = ({ minReplicas, maxReplicas }: EndpointDraft): string =>
  minReplicas === maxReplicas ? String(maxReplicas) : `${minReplicas} to ${maxReplicas}`

type Props = { draft: EndpointDraft; priceUsdPerHour: number | null }

/** What it costs at least and at most, and a month of the most. */
export function EstimatedCost({ draft, priceUsdPerHour: price }: Props) {
  if (price === null)
    return (
      <p className="tabular-nums">
        {formatUsdPerHour(null)}
        {draft.provider === 'local' && (
          <span className="text-muted-foreground">
            {' '}
            · whoever runs Slipway can set what this machine costs (SLIPWAY_LOCAL_USD_PER_CPU_HOUR)
          </span>
        )}
      </p>
    )
  const most = price * draft.maxReplicas
  const least = price * draft.minReplicas
  return (
    <p className="tabular-nums">
      {least < most && `${formatUsdPerHour(least)} to `}
      {formatUsdPerHour(most)}
      <span className="text-muted-foreground">
        {' '}
        · {formatUsdPerMonth(most)} when {least < most ? 'all of it' : 'it'} runs all the time
      </span>
    </p>
  )
}

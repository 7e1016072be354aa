'use client'

import { ChartPanel, type Drawing } from '@/components/charts/chart-panel'
import type { ChartInput } from '@/lib/domain/analytics/inputs'
import { prepareNative } from '@/lib/domain/analytics/prepare-native'
import { useNative } from './use-analytics'

type Props = { input: ChartInput; isFiltered: boolean; drawing: Drawing }

/** A second source, clearly named: what the provider measured at its own front door, never mixed with ours. */
export function NativePanels({ input, isFiltered, drawing }: Props) {
  const { data, error } = useNative(input)
  if (error)
    return (
      <p role="status" className="rounded-md border px-3 py-2 text-muted-foreground text-sm">
        The provider’s own metrics could not be read. {error.message}
      </p>
    )
  if (!data?.source) return null
  const { source, charts } = data
  return (
    <section className="grid gap-3" aria-label={`Measured by ${source}`}>
      <header>
        <h2 className="font-medium">Measured by {source}</h2>
        <p className="text-muted-foreground text-xs">
          The provider’s own metrics of this endpoint, as it counts them: they need not agree with the
          gateway’s
          {isFiltered && ', and know no replica, revision or token'}.
        </p>
      </header>
      <div className="grid gap-3 lg:grid-cols-2">
        {charts.map((chart, index) => (
          <ChartPanel
            key={chart.title}
            title={chart.title}
            description={`From ${source}`}
            chart={prepareNative(data, index)}
            emptyText={`${source} has no values in this window.`}
            drawing={drawing}
          />
        ))}
      </div>
    </section>
  )
}

'use client'

import { ChartColumnIcon, TableIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

type Props = {
  title: string
  /** One line under the title: what is counted, or where it is measured. */
  description: string
  isLoading: boolean
  /** What an empty chart says. */
  emptyText: string
  /** Both ways to see the data; absent without any. */
  views?: { chart: () => ReactNode; table: () => ReactNode }
  controls?: ReactNode
  /** The menu of downloads. */
  files?: ReactNode
  /** Figures between header and chart. */
  children?: ReactNode
}

/** What its padding and border take of its width. */
export const CARD_FRAME_PX = 26

/** The card of a chart: its header, its table view, and its states: loading, empty, data. */
export function PanelCard({
  title,
  description,
  isLoading,
  emptyText,
  views,
  controls,
  files,
  children,
}: Props) {
  const [asTable, setAsTable] = useState(false)
  return (
    <Card className="flex min-w-0 flex-col gap-2 p-3" aria-label={title}>
      <header className="flex flex-wrap items-start justify-end gap-x-2 gap-y-1">
        <div className="mr-auto min-w-0">
          <h2 className="font-medium text-sm">{title}</h2>
          <p className="text-muted-foreground text-xs">{description}</p>
        </div>
        <div className="-mt-0.5 -mr-1 flex items-center gap-1">
          {controls}
          {views && (
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <ChartColumnIcon /> : <TableIcon />}
            </Button>
          )}
          {files}
        </div>
      </header>
      {children}
      {isLoading && <PlotSkeleton />}
      {!isLoading && !views && (
        <p className="grid h-[180px] place-items-center rounded-md border border-dashed px-4 text-center text-muted-foreground text-xs">
          {emptyText}
        </p>
      )}
      {views && (asTable ? views.table() : views.chart())}
    </Card>
  )
}

export const PlotSkeleton = () => <Skeleton className="h-[180px]" />

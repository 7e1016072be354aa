import type { ReactNode } from 'react'
import type { Column } from './column'

/** The table on a phone: one card per row, its columns as lines of name and value. */
export function CardList<Row, Sort extends string>({
  label,
  columns,
  rows,
  rowKey,
  rowActions,
}: {
  label: string
  columns: readonly Column<Row, Sort>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowActions: ((row: Row) => ReactNode) | undefined
}) {
  const titles = columns.filter(column => column.isTitle)
  const lines = columns.filter(column => !column.isTitle && !column.isWideOnly)
  return (
    <ul aria-label={label} className="divide-y md:hidden">
      {rows.map(row => (
        <li key={rowKey(row)} className="relative px-4 py-3">
          <div className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              {titles.map(column => (
                <div key={column.key}>{column.cell(row)}</div>
              ))}
            </div>
            {rowActions?.(row)}
          </div>
          <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1.5">
            {lines.map(column => (
              <div key={column.key} className="min-w-0">
                <dt className="text-2xs text-muted-foreground">{column.header}</dt>
                <dd className="truncate">{column.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

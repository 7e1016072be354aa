'use client'

import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { CardList } from './card-list'
import type { Column, Sorting } from './column'
import { SortHeader } from './sort-header'

type Props<Row, Sort extends string> = {
  /** Names the table for assistive technology. */
  label: string
  columns: readonly Column<Row, Sort>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sorting?: Sorting<Sort>
  onSort?: (next: Sorting<Sort>) => void
  /** Menu or buttons at the end of a row. */
  rowActions?: (row: Row) => ReactNode
  /** Shown faded while newer rows are on their way. */
  isStale?: boolean
}

/** A dense table from 768 px on, cards below: the same columns, drawn twice, one of them hidden by CSS. */
export function DataTable<Row, Sort extends string = string>(props: Props<Row, Sort>) {
  const { label, columns, rows, rowKey, sorting, onSort, rowActions, isStale = false } = props
  return (
    <div className={cn('transition-opacity', isStale && 'opacity-60')}>
      <Table label={label} containerClassName="hidden md:block">
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            {columns.map(column => (
              <SortHeader key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
            {rowActions && (
              <TableHead className="w-10">
                <span className="sr-only">Actions</span>
              </TableHead>
            )}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map(row => (
            <TableRow key={rowKey(row)} className="relative">
              {columns.map(column => (
                <TableCell
                  key={column.key}
                  className={cn(column.align === 'right' && 'text-right', column.className)}
                >
                  {column.cell(row)}
                </TableCell>
              ))}
              {rowActions && <TableCell className="w-10 py-1 text-right">{rowActions(row)}</TableCell>}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <CardList label={label} columns={columns} rows={rows} rowKey={rowKey} rowActions={rowActions} />
    </div>
  )
}

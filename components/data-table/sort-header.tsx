'use client'

import { ArrowDownIcon, ArrowUpIcon } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { TableHead } from '@/components/ui/table'
import type { Column, Sorting } from './column'

/** A header that sorts: a button inside the cell, the order told by `aria-sort`. */
export function SortHeader<Row, Sort extends string>({
  column,
  sorting,
  onSort,
}: {
  column: Column<Row, Sort>
  sorting: Sorting<Sort> | undefined
  onSort: ((next: Sorting<Sort>) => void) | undefined
}) {
  const align = column.align === 'right' ? 'text-right' : undefined
  const { sort } = column
  if (sort === undefined || !sorting || !onSort)
    return <TableHead className={cn(align, column.className)}>{column.header}</TableHead>

  const isActive = sorting.sort === sort
  const Arrow = isActive && sorting.direction === 'desc' ? ArrowDownIcon : ArrowUpIcon
  const next = () => {
    if (isActive) return onSort({ sort, direction: sorting.direction === 'asc' ? 'desc' : 'asc' })
    onSort({ sort, direction: column.firstDirection ?? 'asc' })
  }
  return (
    <TableHead
      aria-sort={isActive ? (sorting.direction === 'asc' ? 'ascending' : 'descending') : 'none'}
      className={cn(align, column.className)}
    >
      <button
        type="button"
        onClick={next}
        className={cn(
          'group -mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-foreground',
          isActive && 'text-foreground',
          column.align === 'right' && 'flex-row-reverse',
        )}
      >
        {column.header}
        <Arrow
          aria-hidden
          className={cn('size-3 shrink-0', !isActive && 'opacity-0 group-hover:opacity-50')}
        />
      </button>
    </TableHead>
  )
}

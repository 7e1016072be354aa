import type { ReactNode } from 'react'

/** One column of a table; on a phone, one line of a card. */
export type Column<Row, Sort extends string = string> = {
  key: string
  header: string
  /** The word this column sorts by in the URL; absent where it does not sort. */
  sort?: Sort
  /** What a first click gives: names from A, counts from the largest. */
  firstDirection?: 'asc' | 'desc'
  align?: 'left' | 'right'
  /** The title line of the card on a phone, without its header. */
  isTitle?: boolean
  /** Left out of the card on a phone. */
  isWideOnly?: boolean
  className?: string
  cell: (row: Row) => ReactNode
}

export type Sorting<Sort extends string = string> = { sort: Sort; direction: 'asc' | 'desc' }

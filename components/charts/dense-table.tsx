import { HoverLink } from '@/components/layout/hover-link'

type Props = {
  caption: string
  /** The first is of the rows' heads. */
  columns: readonly string[]
  rows: readonly { key: string | number; head: string; href?: string; cells: readonly string[] }[]
  /** Cells are words, not numbers. */
  isText?: boolean
}

/** A table in a chart's place: as high as the plot, scrolling inside. */
export function DenseTable({ caption, columns, rows, isText = false }: Props) {
  const align = isText ? 'text-left' : 'text-right'
  const [head, ...others] = columns
  return (
    <section
      className="h-[180px] overflow-auto rounded-md border text-xs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`${caption} as a table`}
    >
      <table className="w-full border-collapse tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-card">
          <tr className="border-b text-muted-foreground">
            <th scope="col" className="px-2 py-1 text-left font-medium">
              {head}
            </th>
            {others.map(column => (
              <th key={column} scope="col" className={`px-2 py-1 font-medium ${align}`}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key} className="border-b last:border-0">
              <th scope="row" className="whitespace-nowrap px-2 py-0.5 text-left align-top font-normal">
                {row.href ? (
                  <HoverLink href={row.href} title="Logs at this time" className="hover:underline">
                    {row.head}
                  </HoverLink>
                ) : (
                  row.head
                )}
              </th>
              {row.cells.map((cell, index) => (
                <td key={others[index]} className={`px-2 py-0.5 ${align}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

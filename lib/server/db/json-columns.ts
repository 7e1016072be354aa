import { SQL, sql } from 'drizzle-orm'

type Column = SQL | { name: string }
type Columns<Row> = { [Key in keyof Row]: Row[Key][] | null }

/** A column's name alone, as it is called in a query around the table's own. */
export const bare = (column: { name: string }): SQL => sql`${sql.identifier(column.name)}`

/** A time as milliseconds since 1970. */
export const milliseconds = (column: { name: string }): SQL =>
  sql`(extract(epoch from ${bare(column)}) * 1000)::bigint`

/**
 * Selects each column as one JSON text over all rows of a group: hundreds of rows with a dozen small values each cost
 * the driver and drizzle several times what they cost the database. `only` leaves rows out.
 */
export const columnsAsJson = (columns: Readonly<Record<string, Column>>, only?: SQL): SQL =>
  sql.join(
    Object.entries(columns).map(
      ([key, column]) =>
        sql`json_agg(${column instanceof SQL ? column : bare(column)})${only ? sql` filter (where ${only})` : sql``}
          as ${sql.identifier(key)}`,
    ),
    sql`, `,
  )

/** The rows again, of a group's columns; none where the group has none. */
export function rowsOf<Row extends object>(columns: Columns<Row>): Row[] {
  const keys = Object.keys(columns) as (keyof Row & string)[]
  const [first] = keys
  const count = first === undefined ? 0 : (columns[first]?.length ?? 0)
  return Array.from({ length: count }, (_, index) => {
    // Filled in the same order every time: the compiler then knows the shape of all rows.
    const row: Partial<Record<keyof Row, unknown>> = {}
    for (const key of keys) row[key] = columns[key]?.[index]
    return row as Row
  })
}

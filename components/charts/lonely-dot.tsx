/** A point as recharts hands it to dots: without a value it has no height. */
type PlacedPoint = { y?: number | null }

const isDrawn = (point: PlacedPoint | undefined): boolean => typeof point?.y === 'number'

/** A value between two gaps, or the only one: no line leads to or from it. */
export const isLonely = (points: readonly PlacedPoint[], index: number): boolean =>
  isDrawn(points[index]) && !isDrawn(points[index - 1]) && !isDrawn(points[index + 1])

type DotProps = {
  cx?: number
  cy?: number
  index?: number
  points?: readonly PlacedPoint[]
  stroke?: string
}

/** Asked by recharts for every point; keeps visible what its lines cannot show. */
export function LonelyDot({ cx, cy, index = 0, points = [], stroke }: DotProps) {
  if (cx === undefined || cy === undefined || !isLonely(points, index)) return null
  return <circle cx={cx} cy={cy} r={2} fill={stroke} />
}

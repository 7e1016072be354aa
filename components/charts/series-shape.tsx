import type { PreparedChart, PreparedSeries } from '@/lib/domain/analytics/prepared'
import { BOTTOM } from './plot-space'
import { barPath, linePath, lonelyPoints, type Place, stepPath } from './shapes'

type Props = {
  kind: PreparedChart['kind']
  series: PreparedSeries
  places: readonly Place[]
  /** What stacked bars stand on. */
  floors: readonly number[]
}

/** Many bars touch; few have air between them. */
const gapOf = (count: number) => (count > 120 ? 0 : 0.12)

/** One series of a chart; a dashed one is a line, whatever the others are. */
export function SeriesShape({ kind, series: { color, dashed }, places, floors }: Props) {
  if (kind === 'bars' && !dashed)
    return <path d={barPath(places, floors, gapOf(places.length))} fill={color} shapeRendering="crispEdges" />
  const line = {
    fill: 'none',
    stroke: color,
    strokeWidth: 1.5,
    ...(dashed ? { strokeDasharray: '4 3' } : {}),
  }
  if (kind === 'steps')
    return (
      <>
        {!dashed && <path d={stepPath(places, BOTTOM)} fill={color} fillOpacity={0.12} />}
        <path d={stepPath(places)} {...line} />
      </>
    )
  return (
    <>
      <path d={linePath(places)} {...line} strokeLinejoin="round" />
      {lonelyPoints(places).map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={2} fill={color} />
      ))}
    </>
  )
}

/*
 * A series as one path, whatever its length: one element is drawn in a tenth of the time of one per point
 * (docs/decisions/017).
 */

/** A bucket's edges and its value's height in pixels; `y` is null in a gap. */
export type Place = { left: number; right: number; y: number | null }
type Drawn = Place & { y: number }

const px = (value: number) => String(Math.round(value * 10) / 10)
const middle = ({ left, right }: Place) => (left + right) / 2

/** Neighbours without a gap between them. */
function runs(places: readonly Place[]): Drawn[][] {
  const all: Drawn[][] = []
  let run: Drawn[] | undefined
  for (const { left, right, y } of places) {
    if (y === null) run = undefined
    else if (run) run.push({ left, right, y })
    else {
      run = [{ left, right, y }]
      all.push(run)
    }
  }
  return all
}

/** From the middle of one bucket to the next; a gap is a gap. */
export const linePath = (places: readonly Place[]): string =>
  runs(places)
    .filter(run => run.length > 1)
    .map(run => `M${run.map(place => `${px(middle(place))},${px(place.y)}`).join('L')}`)
    .join('')

/** Values between two gaps, or the only one: no line leads to or from them, so they need a dot. */
export const lonelyPoints = (places: readonly Place[]): { x: number; y: number }[] =>
  runs(places).flatMap(([first, second]) => (first && !second ? [{ x: middle(first), y: first.y }] : []))

/** Level over each bucket. With `bottom` closed down to there, to be filled. */
export const stepPath = (places: readonly Place[], bottom?: number): string =>
  runs(places)
    .map(run => {
      const steps = run.map(({ y, right }) => `V${px(y)}H${px(right)}`).join('')
      const left = px(run[0]?.left ?? 0)
      return bottom === undefined
        ? `M${left},${px(run[0]?.y ?? 0)}${steps}`
        : `M${left},${px(bottom)}${steps}V${px(bottom)}Z`
    })
    .join('')

/** A rectangle per bucket from one height to another, `gap` of its width left free; empty ones are left out. */
export const barPath = (places: readonly Place[], floors: readonly number[], gap: number): string =>
  places
    .map(({ left, right, y }, index) => {
      const floor = floors[index] ?? 0
      if (y === null || y === floor) return ''
      const free = ((right - left) * gap) / 2
      return `M${px(left + free)},${px(floor)}V${px(y)}H${px(right - free)}V${px(floor)}Z`
    })
    .join('')

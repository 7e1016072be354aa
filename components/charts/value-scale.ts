import { nice, ticks } from 'd3-array'
import type { Unit } from '@/lib/domain/format/measure'

/** Where a value stands between the bottom of a plot (0) and its top (1), and which values are named at the axis. */
export type ValueScale = { ticks: number[]; shareOf: (value: number) => number }

/** About how many values an axis of `PLOT.height` names. */
const TICKS = 4

/** Counts have no halves; bytes have round numbers of 1,024s. */
function niceTicks(unit: Unit, most: number): number[] {
  const per = unit === 'bytes' ? 1024 ** Math.max(0, Math.floor(Math.log(most) / Math.log(1024))) : 1
  const [, end] = nice(0, most / per, TICKS)
  const isWhole = unit === 'count' || unit === 'replicas'
  const all = ticks(0, isWhole ? Math.ceil(end) : end, TICKS)
  return (isWhole ? all.filter(Number.isInteger) : all).map(tick => tick * per)
}

/** From zero to a round number above every value; `top` where the unit has one. */
export function linearScale(unit: Unit, values: readonly number[], top?: number): ValueScale {
  const most = top ?? (Math.max(0, ...values) || 1)
  const named = niceTicks(unit, most)
  const end = top ?? named.at(-1) ?? most
  return { ticks: named.filter(tick => tick <= end), shareOf: value => Math.max(0, value / end) }
}

/** 1, 2, 5, 10, 20 …: the numbers of a log axis, around those between two values. */
function decades(low: number, high: number): number[] {
  const named: number[] = []
  for (let power = Math.floor(Math.log10(low)); ; power++)
    for (const digit of [1, 2, 5]) {
      const value = Number(`${digit}e${power}`)
      while (named[0] !== undefined && value <= low) named.pop()
      named.push(value)
      if (value > high) return named
    }
}

/** From the round number below the smallest value to the one above the largest; what is not above zero has no place. */
export function logScale(values: readonly number[]): ValueScale {
  const above = values.filter(value => value > 0)
  const all = above.length === 0 ? [1, 10] : decades(Math.min(...above), Math.max(...above))
  const [low = 1, high = 10] = [all[0], all.at(-1)]
  const named = all.length <= TICKS * 2 ? all : all.filter(value => String(value).match(/^0?\.?0*1/))
  return {
    ticks: named,
    shareOf: value => (value <= low ? 0 : Math.log(value / low) / Math.log(high / low)),
  }
}

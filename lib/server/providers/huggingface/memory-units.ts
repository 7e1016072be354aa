import type { NativeMetric } from '../port'

/** What the graphs' values are, and what makes them that. */
export type Measure = { unit: NativeMetric['unit']; factor: number }
export type MemoryUnits = { memory: Measure | null; gpuMemory: Measure | null }

const MEASURES: Record<string, Measure> = {
  bytes: { unit: 'bytes', factor: 1 },
  percent: { unit: 'share', factor: 0.01 },
}

/**
 * What memory is measured in: the graphs do not say it, the same API's OpenMetrics do (`# UNIT cpu_usage_percent
 * percent`). Null where they have no such family, or one of a unit that is not known here.
 */
export function memoryUnitsIn(openMetrics: string): MemoryUnits {
  const families = [...openMetrics.matchAll(/^# UNIT (\S+) (\S+)$/gm)].map(([, name = '', unit = '']) => ({
    name,
    measure: MEASURES[unit] ?? null,
  }))
  const used = families.filter(({ name }) => name.includes('memory') && !/limit|total/.test(name))
  return {
    memory: used.find(({ name }) => !name.includes('gpu'))?.measure ?? null,
    gpuMemory: used.find(({ name }) => name.includes('gpu'))?.measure ?? null,
  }
}

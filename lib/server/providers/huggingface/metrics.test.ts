import { expect, test } from 'vitest'
import { hfGraphs } from './answers'
import { memoryUnitsIn } from './memory-units'
import { metricsOf } from './metrics'

const OPEN_METRICS = `# HELP cpu_usage_percent CPU percent
# TYPE cpu_usage_percent gauge
# UNIT cpu_usage_percent percent
# UNIT memory_limit_bytes bytes
# UNIT memory_usage_bytes bytes
# UNIT gpu_memory_usage_percent percent
# EOF
`

const graphs = hfGraphs.parse({
  hardwareMem: [{ replicaId: 'abcdefgh-1', data: [{ x: '2026-11-24T00:00:00Z', y: 2048 }] }],
  hardwareGpuMem: [{ replicaId: 'abcdefgh-1', data: [{ x: '2026-11-24T00:00:00Z', y: 50 }] }],
})

test('memory is drawn in the unit that the same server’s OpenMetrics say', () => {
  const points = (value: number) => [{ atMs: Date.UTC(2026, 10, 24), value }]
  expect(metricsOf(graphs, memoryUnitsIn(OPEN_METRICS))).toEqual([
    { title: 'Memory', unit: 'bytes', series: [{ name: 'abcdefgh', points: points(2048) }] },
    { title: 'GPU memory', unit: 'share', series: [{ name: 'abcdefgh', points: points(0.5) }] },
  ])
})

test('memory without a known unit is not drawn', () => {
  for (const text of ['', '{"error":"not found"}', '# UNIT memory_usage_furlongs furlongs\n'])
    expect(metricsOf(graphs, memoryUnitsIn(text))).toEqual([])
})

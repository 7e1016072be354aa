import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { counter, histogram, openMetricsText } from './open-metrics'

describe('OpenMetrics text', () => {
  it('names families, escapes labels and ends with EOF', () => {
    const text = openMetricsText([
      { name: 'a', type: 'counter', help: 'Counts.', samples: [counter({ x: 'q"\\\n' }, 2)] },
      { name: 'empty', type: 'gauge', help: 'Nothing.', samples: [] },
    ])
    expect(text).toBe('# TYPE a counter\n# HELP a Counts.\na_total{x="q\\"\\\\\\n"} 2\n# EOF\n')
  })

  it('has cumulative buckets that end with the count', () => {
    const sketch = new Sketch()
    for (const ms of [0.5, 3, 3, 40, 9_000, 400_000]) sketch.add(ms * 1000)
    const samples = histogram({ endpoint: 'e' }, sketch)
    const at = (le: string) => samples.find(sample => sample.labels.le === le)?.value
    expect([at('0.001'), at('0.005'), at('0.05'), at('10.0'), at('300.0'), at('+Inf')]).toEqual([
      1, 3, 4, 5, 5, 6,
    ])
    expect(samples.at(-1)).toMatchObject({ suffix: '_count', value: 6 })
    const sum = samples.find(sample => sample.suffix === '_sum')?.value ?? 0
    expect(Math.abs(sum - 409.0465) / 409.0465).toBeLessThan(0.01)
  })
})

/** Upper bounds of the latency histogram's buckets, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

export type Gauges = { running: number; waiting: number }

/** Counts what was answered; `render` gives Prometheus' text format. The first two names are the toolkit's. */
export class Metrics {
  readonly #requests = new Map<string, number>()
  readonly #buckets = BUCKETS.map(() => 0)
  #durationSum = 0
  #durationCount = 0

  record(route: string, status: number, durationSeconds: number): void {
    const labels = `route="${route}",status="${status}"`
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1)
    const bucket = BUCKETS.findIndex(bound => durationSeconds <= bound)
    if (bucket >= 0) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#durationSum += durationSeconds
    this.#durationCount += 1
  }

  render({ running, waiting }: Gauges): string {
    return [
      ...family('inf_batch_current_size', 'gauge', 'Requests the model is computing.', [['', running]]),
      ...family('inf_queue_size', 'gauge', 'Requests that wait for their turn.', [['', waiting]]),
      ...family(
        'inf_requests_total',
        'counter',
        'Requests answered.',
        [...this.#requests].map(([labels, count]) => [`{${labels}}`, count] as const),
      ),
      ...this.#histogram('inf_request_duration_seconds', 'From headers received to answer written.'),
      '',
    ].join('\n')
  }

  #histogram(name: string, help: string): string[] {
    let total = 0
    const lines = BUCKETS.map((bound, index) => {
      total += this.#buckets[index] ?? 0
      return `${name}_bucket{le="${bound}"} ${total}`
    })
    return [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} histogram`,
      ...lines,
      `${name}_bucket{le="+Inf"} ${this.#durationCount}`,
      `${name}_sum ${this.#durationSum}`,
      `${name}_count ${this.#durationCount}`,
    ]
  }
}

function family(
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly (readonly [string, number])[],
): string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ]
}

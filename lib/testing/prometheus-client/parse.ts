import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { z } from 'zod'
import { pinnedPython } from '../pinned-python'

const FOLDER = resolve('lib/testing/prometheus-client')
const families = z.array(
  z
    .tuple([z.string(), z.string(), z.string(), z.number()])
    .transform(([name, type, unit, samples]) => ({ name, type, unit, samples })),
)

/** The families of an OpenMetrics text as Prometheus' own client reads it. @throws Error where it refuses the text. */
export async function parseWithPrometheus(text: string): Promise<z.output<typeof families>> {
  const python = await pinnedPython('slipway-prometheus-client-0.26.0', resolve(FOLDER, 'requirements.txt'))
  const output = execFileSync(python, [resolve(FOLDER, 'parse.py')], { input: text, encoding: 'utf8' })
  return families.parse(JSON.parse(output))
}

export type ParsedSample = { name: string; labels: Record<string, string>; value: number }
export type ParsedFamily = { type: string; unit: string | null; help: string; samples: ParsedSample[] }

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const META = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.*)$`)
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`)
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y
const NUMBER = /^(NaN|[+-]Inf|[+-]?\d+(\.\d+)?([eE][+-]?\d+)?)$/

/** Which sample names a family of a type may have. */
const SUFFIXES: Record<string, readonly string[]> = {
  counter: ['_total', '_created'],
  gauge: [''],
  summary: ['', '_sum', '_count', '_created'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
}

/** A small strict reader of OpenMetrics 1.0 text: throws at the first line the format does not allow. */
export function parseOpenMetrics(text: string): Map<string, ParsedFamily> {
  if (!text.endsWith('# EOF\n')) throw new Error('It must end with "# EOF" and a line break.')
  const families = new Map<string, ParsedFamily>()
  let open: { name: string; family: ParsedFamily } | null = null
  const seen = new Set<string>()
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const meta = META.exec(line)
    if (meta) {
      const [, kind = '', name = '', value = ''] = meta
      if (kind === 'TYPE') {
        if (families.has(name)) throw new Error(`${name} is interleaved or declared twice: ${line}`)
        if (!SUFFIXES[value]) throw new Error(`Unknown type: ${line}`)
        open = { name, family: { type: value, unit: null, help: '', samples: [] } }
        families.set(name, open.family)
      } else if (open?.name !== name || open.family.samples.length > 0) {
        throw new Error(`${kind} outside the head of its family: ${line}`)
      } else if (kind === 'UNIT') {
        if (!name.endsWith(`_${value}`)) throw new Error(`The name must end with its unit: ${line}`)
        open.family.unit = value
      } else open.family.help = value
      continue
    }
    const sample = parseSample(line)
    if (!open || !isOf(open, sample)) throw new Error(`Not of the open family: ${line}`)
    const id = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`
    if (seen.has(id)) throw new Error(`There twice: ${line}`)
    seen.add(id)
    open.family.samples.push(sample)
  }
  return families
}

function isOf({ name, family }: { name: string; family: ParsedFamily }, sample: ParsedSample): boolean {
  const suffix = sample.name.startsWith(name) ? sample.name.slice(name.length) : null
  if (suffix === null || !SUFFIXES[family.type]?.includes(suffix)) return false
  if (family.type === 'counter') return sample.value >= 0
  if (family.type === 'summary' && suffix === '') {
    const quantile = Number(sample.labels.quantile)
    return quantile >= 0 && quantile <= 1
  }
  return true
}

function parseSample(line: string): ParsedSample {
  const [, name, labelText = '', number = ''] = SAMPLE.exec(line) ?? []
  if (!name || !NUMBER.test(number)) throw new Error(`Not a sample: ${line}`)
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < labelText.length) {
    const [, key = '', value = ''] = LABEL.exec(labelText) ?? []
    if (!key || key in labels) throw new Error(`Labels are broken or repeated: ${line}`)
    labels[key] = value.replace(/\\(["\\n])/g, (_, c: string) => (c === 'n' ? '\n' : c))
  }
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) }
}

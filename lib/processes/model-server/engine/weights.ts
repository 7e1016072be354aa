import { fail, ok, type Result } from '@/lib/domain/result'

/**
 * Which files of a repository hold the weights. The library names them `onnx/<session><suffix>.onnx`; some
 * repositories have them at the root instead.
 */
export type Weights = { dtype: string; subfolder: '' | 'onnx'; files: string[] }

/** File name suffixes of each kind of weights, in the order we prefer them on a CPU: exact first, then small. */
const SUFFIXES = {
  fp32: '',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  bnb4: '_bnb4',
  fp16: '_fp16',
  q4f16: '_q4f16',
} as const
type Dtype = keyof typeof SUFFIXES
const DTYPES = Object.keys(SUFFIXES) as Dtype[]

const isDtype = (name: string): name is Dtype => name in SUFFIXES

/**
 * @param files every path in the repository or folder
 * @param sessions base names the model's architecture needs, e.g. `model`, or `encoder_model` and
 *   `decoder_model_merged`
 * @param wanted a kind of weights somebody asked for, or null for the best that is there
 */
export function chooseWeights(
  files: readonly string[],
  sessions: readonly string[],
  wanted: string | null,
): Result<Weights> {
  if (wanted !== null && !isDtype(wanted)) {
    return fail('invalid', `SLIPWAY_DTYPE must be one of ${DTYPES.join(', ')}, not "${wanted}".`)
  }
  const present = new Set(files)
  for (const dtype of wanted === null ? DTYPES : [wanted]) {
    for (const subfolder of ['onnx', ''] as const) {
      const names = sessions.map(session => path(subfolder, `${session}${SUFFIXES[dtype]}.onnx`))
      if (names.length > 0 && names.every(name => present.has(name))) {
        return ok({ dtype, subfolder, files: names.flatMap(name => [name, ...externalData(files, name)]) })
      }
    }
  }
  return fail('invalid', missingMessage(files, sessions, wanted))
}

const path = (subfolder: string, name: string) => (subfolder === '' ? name : `${subfolder}/${name}`)

/** Weights over 2 GB lie beside the graph: `model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`. */
const externalData = (files: readonly string[], name: string): string[] =>
  files.filter(file => file.startsWith(`${name}_data`) || file === `${name}.data`)

function missingMessage(
  files: readonly string[],
  sessions: readonly string[],
  wanted: string | null,
): string {
  const found = files.filter(file => file.endsWith('.onnx'))
  const needed = sessions.map(
    session => `onnx/${session}${wanted && isDtype(wanted) ? SUFFIXES[wanted] : ''}.onnx`,
  )
  if (found.length === 0) {
    return (
      `No ONNX weights: this server runs ONNX models and needs ${needed.join(' and ')}. ` +
      'Choose a repository with ONNX files (many are published by onnx-community), or export the model with Optimum.'
    )
  }
  const shown = found.slice(0, 8).join(', ')
  return `The model's architecture needs ${needed.join(' and ')}; found ${shown}${found.length > 8 ? ' …' : ''}.`
}

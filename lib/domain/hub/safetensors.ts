/** Bytes of one parameter by the safetensors format's own type names. */
const BYTES_PER_PARAMETER: Record<string, number> = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I8: 1,
  U8: 1,
  BOOL: 1,
}

/** What the Hub read from a model's safetensors headers: exact for those files, an estimate for any copy of them. */
export type SafetensorsSize = { parameters: number; bytes: number }

/** Null where there are none, or a type we cannot weigh: a guess would look like a fact. */
export function safetensorsSize(parameters: Readonly<Record<string, number>>): SafetensorsSize | null {
  const size = { parameters: 0, bytes: 0 }
  for (const [type, count] of Object.entries(parameters)) {
    const each = BYTES_PER_PARAMETER[type]
    if (each === undefined) return null
    size.parameters += count
    size.bytes += count * each
  }
  return size.parameters === 0 ? null : size
}

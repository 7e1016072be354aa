import { describe, expect, it } from 'vitest'
import { safetensorsSize } from './safetensors'

describe('the size of safetensors', () => {
  it('is each type of parameter times its bytes', () => {
    expect(safetensorsSize({ F32: 66_955_010 })).toEqual({ parameters: 66_955_010, bytes: 267_820_040 })
    expect(safetensorsSize({ BF16: 1_000, I64: 10 })).toEqual({ parameters: 1_010, bytes: 2_080 })
  })

  it('is unknown rather than wrong', () => {
    expect(safetensorsSize({})).toBeNull()
    expect(safetensorsSize({ F32: 1_000, MXFP4: 9_000 })).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { chooseWeights } from './weights'

const seq2seq = ['encoder_model', 'decoder_model_merged']

describe('chooseWeights', () => {
  it('prefers exact weights, then small ones that a CPU computes fast', () => {
    const files = ['onnx/model_fp16.onnx', 'onnx/model_quantized.onnx', 'onnx/model.onnx']
    expect(chooseWeights(files, ['model'], null)).toMatchObject({ data: { dtype: 'fp32' } })
    expect(chooseWeights(files.slice(0, 2), ['model'], null)).toMatchObject({ data: { dtype: 'q8' } })
    expect(chooseWeights(files, ['model'], 'fp16')).toMatchObject({
      data: { dtype: 'fp16', subfolder: 'onnx', files: ['onnx/model_fp16.onnx'] },
    })
  })

  it('wants every session in the same kind', () => {
    const files = [
      'onnx/encoder_model.onnx',
      'onnx/encoder_model_q4.onnx',
      'onnx/decoder_model_merged_q4.onnx',
    ]
    expect(chooseWeights(files, seq2seq, null)).toMatchObject({ data: { dtype: 'q4' } })
  })

  it('takes weights from the root, and what lies beside a large graph', () => {
    expect(
      chooseWeights(['model.onnx', 'model.onnx_data', 'model.onnx_data_1', 'x.onnx'], ['model'], null),
    ).toEqual({
      ok: true,
      data: { dtype: 'fp32', subfolder: '', files: ['model.onnx', 'model.onnx_data', 'model.onnx_data_1'] },
    })
  })

  it.each([
    [['model.safetensors'], ['model'], null, 'No ONNX weights'],
    [['onnx/other.onnx'], ['model'], null, 'needs onnx/model.onnx; found onnx/other.onnx'],
    [['onnx/model.onnx'], ['model'], 'q4', 'needs onnx/model_q4.onnx'],
    [['onnx/model.onnx'], ['model'], 'q99', 'SLIPWAY_DTYPE must be one of'],
  ])('says what is missing: %j', (files, sessions, wanted, message) => {
    const result = chooseWeights(files, sessions, wanted)
    expect(result.ok ? '' : result.error.message).toContain(message)
  })
})

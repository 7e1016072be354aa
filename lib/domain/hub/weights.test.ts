import { describe, expect, it } from 'vitest'
import { memoryNeededBytes, obstacleOf, onnxWeights, weightsBytesOf } from './weights'

const file = (path: string, sizeBytes = 10) => ({ path, sizeBytes })

describe('what the model server loads', () => {
  it('is the full-precision graph and its external data, not quantised copies', () => {
    const files = [
      'config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data',
      'onnx/model_quantized.onnx',
      'model.safetensors',
    ]
    expect(onnxWeights(files.map(path => file(path))).map(found => found.path)).toEqual([
      'onnx/model.onnx',
      'onnx/model.onnx_data',
    ])
  })

  it('is said to be missing in words that help', () => {
    expect(obstacleOf([file('config.json'), file('model.safetensors')], 'text-classification')).toContain(
      'onnx-community',
    )
    expect(obstacleOf([file('onnx/model.onnx')], 'text-classification')).toContain('config.json')
    expect(obstacleOf([file('config.json'), file('onnx/model.onnx')], null)).toContain('task')
    expect(obstacleOf([file('config.json'), file('onnx/model.onnx')], 'text-classification')).toBeNull()
  })

  it('weighs what is loaded: its graphs, else its tensors', () => {
    const tensors = [file('model-00001-of-00002.safetensors'), file('model-00002-of-00002.safetensors')]
    const bytes = (files: { sizeBytes: number }[]) => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    expect(weightsBytesOf([...tensors, file('consolidated.safetensors')])).toBe(bytes(tensors))
    expect(weightsBytesOf([...tensors, file('onnx/model.onnx')])).toBe(file('onnx/model.onnx').sizeBytes)
    expect(weightsBytesOf([file('pytorch_model.bin')])).toBeNull()
  })

  it('needs more memory than its weights', () => {
    expect(memoryNeededBytes(1024 ** 3)).toBeGreaterThan(1.5 * 1024 ** 3)
  })
})

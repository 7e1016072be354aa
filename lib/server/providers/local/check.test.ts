import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DEFAULT_ADVANCED, type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import { checkLocalSpec } from './check'
import { localInstanceTypes } from './instance-types'
import type { LocalSettings } from './settings'

const root = mkdtempSync(join(tmpdir(), 'slipway-check-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const modelsDir = join(root, 'models')
function addModel(folder: string, files: string[]) {
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  for (const file of files) writeFileSync(join(folder, file), '{}')
}
addModel(join(modelsDir, 'good'), ['config.json', 'onnx/model.onnx'])
addModel(join(modelsDir, 'no-config'), ['onnx/model.onnx'])
addModel(join(modelsDir, 'no-weights'), ['config.json'])
addModel(join(root, 'outside'), ['config.json', 'onnx/model.onnx'])
addModel(join(root, 'models-too'), ['config.json', 'onnx/model.onnx'])
symlinkSync(join(root, 'outside'), join(modelsDir, 'way-out'))
symlinkSync(join(modelsDir, 'good'), join(modelsDir, 'alias'))

const machine = { cpus: 4, memoryBytes: 8e9 }
const prices = { usdPerCpuHour: null, usdPerGbHour: null, usdPerGpuHour: null }
const gpus = [{ model: 'A10G', memoryBytes: 24e9 }]
const instanceTypes = localInstanceTypes({ machine, gpus, prices, promisedBytes: 0 })
const settings = { modelsDir, sampleModelDir: join(modelsDir, 'good') } as LocalSettings

type Changes = {
  model?: Partial<EndpointSpec['model']>
  hardware?: Partial<EndpointSpec['hardware']>
  advanced?: Partial<EndpointSpec['advanced']>
}

function check({ model, hardware, advanced }: Changes, where: Partial<LocalSettings> = {}) {
  const spec = endpointSpec.parse({
    model: { source: { kind: 'sample', name: 'sentiment' }, task: 'text-classification', ...model },
    hardware: {
      provider: 'local',
      region: 'this-machine',
      instanceType: 'local-this-machine-cpu-x2',
      scaling: { minReplicas: 1, maxReplicas: 1, scaleToZeroTimeoutMinutes: null },
      ...hardware,
    },
    security: { level: 'private', allowedRanges: ['10.0.0.0/8'] },
    advanced: { ...DEFAULT_ADVANCED, ...advanced },
    secretNames: [],
  })
  return checkLocalSpec(spec, { settings: { ...settings, ...where }, machine, instanceTypes })
}
const fieldsOf = (changes: Changes) => check(changes).map(problem => problem.field)
const folder = (path: string) => ({ model: { source: { kind: 'folder' as const, path } } })
const scaling = (
  minReplicas: number,
  maxReplicas: number,
  scaleToZeroTimeoutMinutes: number | null = null,
) => ({
  hardware: { scaling: { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes } },
})

test('sample, Hub model and folder fit', () => {
  expect(check({})).toEqual([])
  expect(check({ model: { source: { kind: 'hub', repository: 'Xenova/gpt2', revision: null } } })).toEqual([])
  for (const path of ['good', './good', 'good/', 'alias']) expect(check(folder(path))).toEqual([])
})

test.each([
  ['../outside', 'no folder'],
  ['../models-too', 'no folder'],
  ['good/../../outside', 'no folder'],
  ['way-out', 'no folder'],
  ['.', 'no folder'],
  ['/etc', 'no folder'],
  ['missing', 'no folder'],
  ['good/config.json', 'no folder'],
  ['no-config', 'no config.json'],
  ['no-weights', 'no ONNX weights'],
])('the folder %s is refused: %s', (path, reason) => {
  expect(check(folder(path))).toEqual([
    { field: 'model.source.path', message: expect.stringContaining(reason) },
  ])
})

test('without SLIPWAY_MODELS_DIR folders are off, and the message names it', () => {
  expect(check(folder('good'), { modelsDir: null })[0]?.message).toContain('SLIPWAY_MODELS_DIR')
})

test('a missing sample is said', () => {
  expect(check({}, { sampleModelDir: join(root, 'nowhere') })[0]?.field).toBe('model.source')
})

test('replicas that do not fit the memory are refused with the numbers', () => {
  expect(check(scaling(2, 2))).toEqual([])
  const [problem] = check(scaling(3, 3))
  expect(problem?.field).toBe('hardware.scaling.maxReplicas')
  expect(problem?.message).toContain('3 replicas of 4.0 GB need 12.0 GB; this machine has 8.0 GB')
})

test('what the provider cannot do is refused at its field', () => {
  expect(fieldsOf(scaling(1, 2))).toEqual(['hardware.scaling.minReplicas'])
  expect(fieldsOf(scaling(0, 1))).toEqual(['hardware.scaling.minReplicas'])
  expect(fieldsOf(scaling(1, 1, 15))).toEqual(['hardware.scaling.scaleToZeroTimeoutMinutes'])
  expect(fieldsOf({ hardware: { region: 'mars' } })).toEqual(['hardware.region'])
  expect(fieldsOf({ hardware: { instanceType: 'local-this-machine-cpu-x64' } })).toEqual([
    'hardware.instanceType',
  ])
  expect(fieldsOf({ hardware: { instanceType: 'local-this-machine-gpu-x1' } })).toEqual([
    'hardware.instanceType',
  ])
  expect(fieldsOf({ model: { task: 'custom' } })).toEqual(['model.task'])
  expect(fieldsOf({ advanced: { env: { PORT: '1', FINE: '1' } } })).toEqual(['advanced.env.PORT'])
})

test('a container is refused with one reason, not with what follows from it', () => {
  const engine = {
    kind: 'container' as const,
    image: 'nginx',
    port: 80,
    healthRoute: null,
    command: [],
    args: [],
  }
  expect(fieldsOf({ model: { source: { kind: 'image' }, task: 'custom' }, advanced: { engine } })).toEqual([
    'advanced.engine',
  ])
})

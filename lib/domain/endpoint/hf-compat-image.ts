import { ok, type Result } from '@/lib/domain/result'
import { type HfEndpointBody, refuseField } from './hf-compat-body'
import { MODEL_SERVERS } from './model-servers'
import type { Engine } from './spec'

/** Every image variant HF's API knows; all but the first two need a `url`. */
const VARIANTS = [
  'huggingface',
  'huggingfaceNeuron',
  'custom',
  'vLLM',
  'sGLang',
  'tgi',
  'tgiNeuron',
  'tei',
  'llamacpp',
  'hfServe',
  'vLLMNeuron',
  'vLLMOmni',
]
const WITHOUT_URL = ['huggingface', 'huggingfaceNeuron']
const DEFAULT_PORT = 80

/** The engine behind `model.image`, an object with exactly one key. Fields it does not know are ignored, as at HF. */
export function engineOfImage(model: HfEndpointBody['model']): Result<Engine> {
  const [variant, ...more] = Object.keys(model.image)
  if (variant === undefined || more.length > 0)
    return refuseField('model.image', `give exactly one of ${VARIANTS.join(', ')}`)
  if (!VARIANTS.includes(variant))
    return refuseField('model.image', `unknown variant ${variant}, expected one of ${VARIANTS.join(', ')}`)
  const path = `model.image.${variant}`
  const fields = objectOf(model.image[variant])
  if (!fields) return refuseField(path, 'must be an object')
  if (!WITHOUT_URL.includes(variant) && typeof fields.url !== 'string')
    return refuseField(path, 'missing field url')
  switch (variant) {
    case 'huggingface':
      return withoutCommand(model, fields.server)
    case 'custom':
      return containerOf(fields, model)
    default:
      return refuseField(path, 'this portal runs huggingface and custom images')
  }
}

/** `server` is a word of ours: whose server, where the provider has several. */
function withoutCommand({ command, args }: HfEndpointBody['model'], sent: unknown): Result<Engine> {
  if (command.length > 0) return refuseField('model.command', 'only a custom image takes a command')
  if (args.length > 0) return refuseField('model.args', 'only a custom image takes arguments')
  const server = MODEL_SERVERS.find(known => known === sent)
  if (sent !== undefined && !server)
    return refuseField('model.image.huggingface.server', `must be one of ${MODEL_SERVERS.join(', ')}`)
  return ok({ kind: 'model-server', ...(server ? { server } : {}) })
}

function containerOf(fields: Record<string, unknown>, model: HfEndpointBody['model']): Result<Engine> {
  const { url, port = DEFAULT_PORT, healthRoute = null, credentials } = fields
  if (credentials !== undefined && credentials !== null)
    return refuseField(
      'model.image.custom.credentials',
      'this portal pulls from registries without credentials',
    )
  if (typeof port !== 'number') return refuseField('model.image.custom.port', 'must be a number')
  if (healthRoute !== null && typeof healthRoute !== 'string')
    return refuseField('model.image.custom.healthRoute', 'must be a text')
  return ok({
    kind: 'container',
    image: String(url),
    port,
    healthRoute,
    command: model.command,
    args: model.args,
  })
}

/** An engine as HF's `model.image`. */
export function imageOfEngine(engine: Engine): Record<string, unknown> {
  return engine.kind === 'model-server'
    ? { huggingface: engine.server ? { server: engine.server } : {} }
    : { custom: { url: engine.image, port: engine.port, healthRoute: engine.healthRoute } }
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null
}

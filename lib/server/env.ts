import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { isAddressRange } from '@/lib/domain/access/address-range'
import { teamSlug } from '@/lib/domain/endpoint/name'

/** An empty variable is an unset one: `FOO= npm start` is how people switch a setting off. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess(value => (value === '' ? undefined : value), type.optional())
const withDefault = <T extends z.ZodType>(type: T, fallback: z.output<T>) =>
  z.preprocess(value => (value === '' || value === undefined ? fallback : value), type)

const port = z.coerce.number().int().min(0).max(65_535)
const days = z.coerce.number().positive()
const flag = z.preprocess(
  value => (typeof value === 'string' ? ['1', 'true', 'yes', 'on'].includes(value.toLowerCase()) : value),
  z.boolean(),
)
const httpUrl = z.url({ protocol: /^https?$/ }).transform(text => text.replace(/\/+$/, ''))
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value =>
      typeof value === 'string'
        ? value
            .split(',')
            .map(part => part.trim())
            .filter(Boolean)
        : value,
    z.array(item),
  )

const schema = z.object({
  NODE_ENV: withDefault(z.enum(['development', 'production', 'test']), 'production'),
  SLIPWAY_DATA_DIR: withDefault(z.string(), '.slipway').transform(path =>
    isAbsolute(path) ? path : resolve(path),
  ),
  /** Where the bundled programs are (`shim.mjs`, `model-server.mjs`, …). */
  SLIPWAY_DIST_DIR: withDefault(z.string(), 'dist').transform(path => resolve(path)),
  HOST: withDefault(z.string(), '127.0.0.1'),
  PORT: withDefault(port, 3000),
  SLIPWAY_GATEWAY_PORT: withDefault(port, 8080),
  /** Where portals ask a gateway what it reaches. */
  SLIPWAY_GATEWAY_INTERNAL_PORT: withDefault(port, 0),
  /** Public addresses behind a proxy: origin check, cookies, snippets, status.url. */
  SLIPWAY_URL: optional(httpUrl),
  SLIPWAY_GATEWAY_URL: optional(httpUrl),
  SLIPWAY_ENDPOINT_DOMAIN: optional(z.string().regex(/^[a-z0-9.-]+$/i)),
  SLIPWAY_TRUSTED_PROXIES: withDefault(
    list(z.string().refine(isAddressRange, 'not an address or range')),
    [],
  ),
  SLIPWAY_ALLOWED_PRIVATE_HOSTS: withDefault(list(z.string()), []),
  /** Teams that may act at AWS as the machine itself. */
  SLIPWAY_AMBIENT_AWS_TEAMS: withDefault(list(teamSlug), []),
  /** The same at Azure. */
  SLIPWAY_AMBIENT_AZURE_TEAMS: withDefault(list(teamSlug), []),

  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  DATABASE_DIRECT_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  /** Off: everything works by polling alone. Tests run both ways. */
  SLIPWAY_NOTIFY: withDefault(flag, true),
  SLIPWAY_DATABASE_POOL: withDefault(z.coerce.number().int().min(2).max(100), 10),

  /** 32 bytes, base64 or hex; otherwise a key file in the data directory. */
  SLIPWAY_SECRET_KEY: optional(z.string().min(43)),

  SLIPWAY_ADMIN_EMAIL: optional(z.email()),
  SLIPWAY_ADMIN_PASSWORD: optional(z.string().min(8, 'at least 8 characters')),
  SLIPWAY_ADMIN_TOKEN: optional(z.string().min(32, 'at least 32 characters')),
  SLIPWAY_TEAM: withDefault(teamSlug, 'main'),
  SLIPWAY_SKIP_SAMPLE: withDefault(flag, false),
  SLIPWAY_METRICS_TOKEN: optional(z.string().min(16, 'at least 16 characters')),

  SLIPWAY_MODELS_DIR: optional(z.string().transform(path => resolve(path))),
  SLIPWAY_LOCAL_USD_PER_CPU_HOUR: optional(z.coerce.number().nonnegative()),
  SLIPWAY_LOCAL_USD_PER_GB_HOUR: optional(z.coerce.number().nonnegative()),
  SLIPWAY_LOCAL_USD_PER_GPU_HOUR: optional(z.coerce.number().nonnegative()),

  /** A replica that loads for this long without progress is given up. */
  SLIPWAY_START_DEADLINE_MINUTES: withDefault(z.coerce.number().positive(), 30),

  HF_ENDPOINT: withDefault(httpUrl, 'https://huggingface.co'),
  HF_TOKEN: optional(z.string()),
  /** Of Hugging Face's hosted Inference Providers, for *Try it first*. */
  SLIPWAY_HF_ROUTER_URL: withDefault(httpUrl, 'https://router.huggingface.co'),
  HF_HOME: withDefault(z.string(), join(homedir(), '.cache', 'huggingface')),

  SLIPWAY_MAX_BODY_BYTES: withDefault(z.coerce.number().int().positive(), 64 * 1024 * 1024),
  /** Of one account or token at the portal's API; ten seconds' worth may come at once. */
  SLIPWAY_API_REQUESTS_PER_SECOND: withDefault(z.coerce.number().positive(), 50),
  SLIPWAY_LOG_LEVEL: withDefault(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'info',
  ),

  /** Where portals on other machines reach this machine's controller for logs, and at which port. */
  SLIPWAY_LOGS_HOST: optional(z.string()),
  SLIPWAY_LOGS_PORT: withDefault(port, 0),
  SLIPWAY_LOG_RETENTION_DAYS: withDefault(days, 30),
  SLIPWAY_LOG_RETENTION_BYTES: withDefault(z.coerce.number().int().positive(), 2 * 1024 ** 3),
  SLIPWAY_LOG_LINES_PER_SECOND: withDefault(z.coerce.number().positive(), 20_000),
  SLIPWAY_ROLLUP_10S_HOURS: withDefault(z.coerce.number().positive(), 24),
  SLIPWAY_ROLLUP_1M_DAYS: withDefault(days, 30),
  SLIPWAY_ROLLUP_1H_DAYS: withDefault(days, 400),
  SLIPWAY_RECORD_RETENTION_DAYS: withDefault(days, 7),
})

export type Env = z.infer<typeof schema>

/**
 * Reads the environment; every bad variable is named in one error, with what it must be.
 * @throws Error whose message is meant to be shown as it is.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`These environment variables are not usable:\n${lines.join('\n')}`)
}

let cached: Env | undefined

/** The environment of this process, parsed once. The sole reader of `process.env`. */
export function env(): Env {
  cached ??= parseEnv(process.env)
  return cached
}

/** A copy of everything this process was given, for the programs it starts. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env })

const bracket = (host: string) => (host.includes(':') ? `[${host}]` : host)
/** An address to reach a server that binds to `host` from this machine. */
const reachable = (host: string) =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host === '127.0.0.1' ? 'localhost' : bracket(host)

export const portalUrl = (e: Env = env()): string => e.SLIPWAY_URL ?? `http://${reachable(e.HOST)}:${e.PORT}`
export const gatewayUrl = (e: Env = env()): string =>
  e.SLIPWAY_GATEWAY_URL ?? `http://${reachable(e.HOST)}:${e.SLIPWAY_GATEWAY_PORT}`

/** What a program that is not ours to trust may know of this machine: nothing of Slipway's own. */
const MACHINE_VARIABLES = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'NODE_EXTRA_CA_CERTS'] as const

export function machineEnvironment(
  source: Record<string, string | undefined> = process.env,
): Record<string, string> {
  return Object.fromEntries(MACHINE_VARIABLES.flatMap(name => (source[name] ? [[name, source[name]]] : [])))
}

/**
 * ONNX Runtime reports every process and model to Microsoft, with an id it leaves in the home folder and a log in
 * /tmp. It reads this once, at its first session, and offers no option of its own before that.
 */
export function keepOnnxRuntimeToItself(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1'
}

/**
 * next-auth reads its own address from the environment and takes no option for it; without one it would send
 * everybody to port 3000.
 */
export function announcePortalUrl(): void {
  process.env.NEXTAUTH_URL = portalUrl()
}

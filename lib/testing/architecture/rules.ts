import type { Source } from './sources'
import { type Zone, zoneOf } from './zones'

/**
 * Who may import whom. In one line: `domain ← server/{db,secrets,hub,providers} ← services ← {actions, processes,
 * app}`, and `domain ← queries ← components ← app`. Nothing imports `app`; only tests import `testing`.
 */
export const MAY_IMPORT: Record<Exclude<Zone, 'testing' | 'e2e' | 'root'>, readonly Zone[]> = {
  domain: ['domain'],
  routes: ['routes', 'domain'],
  queries: ['queries', 'routes', 'domain'],
  client: ['client', 'actions', 'queries', 'routes', 'domain'],
  components: ['components', 'actions', 'client', 'queries', 'routes', 'domain'],

  base: ['base', 'domain'],
  db: ['db', 'base', 'domain'],
  hub: ['hub', 'base', 'domain'],
  providers: ['providers', 'hub', 'base', 'domain'],
  'log-store': ['log-store', 'base', 'domain'],
  services: ['services', 'db', 'hub', 'providers', 'base', 'domain'],
  http: ['http', 'transport', 'services', 'db', 'base', 'queries', 'routes', 'domain'],
  transport: ['http', 'services', 'db', 'base', 'queries', 'domain'],
  actions: ['actions', 'http', 'services', 'db', 'base', 'domain'],

  // The model server runs people's models: it reaches neither the database nor a service. The shim knows files only.
  'model-server': ['model-server', 'base', 'domain'],
  shim: ['shim', 'providers', 'base', 'domain'],
  gateway: ['gateway', 'processes', 'services', 'db', 'providers', 'base', 'domain'],
  controller: [
    'controller',
    'processes',
    'services',
    'log-store',
    'db',
    'hub',
    'providers',
    'base',
    'domain',
  ],
  processes: ['processes', 'services', 'db', 'hub', 'providers', 'base', 'domain', 'routes'],

  app: [
    'app',
    'components',
    'actions',
    'client',
    'queries',
    'routes',
    'domain',
    'http',
    'transport',
    'services',
    'db',
    'base',
  ],
}

/** Packages that would drag a part into another's world. */
const FORBIDDEN_PACKAGES: Partial<Record<Zone, RegExp>> = {
  domain: /^(node:|next\b|react\b|pg$|drizzle-orm)/,
  queries: /^(node:|next\b|pg$|drizzle-orm)/,
  components: /^(node:|pg$|drizzle-orm|next\/headers)/,
  client: /^(node:|pg$|drizzle-orm|next\/headers)/,
  gateway: /^(next\b|next-auth|react\b)/,
  'model-server': /^(pg$|drizzle-orm|next\b|react\b)/,
  shim: /^(pg$|drizzle-orm|next\b|react\b)/,
  providers: /^(pg$|drizzle-orm|next\b|react\b)/,
}

const isTest = (path: string): boolean =>
  /\.(integration\.)?test\.tsx?$/.test(path) || path.startsWith('lib/testing/') || path.startsWith('e2e/')

export const productOf = (sources: readonly Source[]): Source[] => sources.filter(({ path }) => !isTest(path))

/** `a/b.ts may not import c/d` for every import against the direction. */
export function importViolations(sources: readonly Source[]): string[] {
  return productOf(sources).flatMap(({ path, imports }) => {
    const zone = zoneOf(path)
    const allowed = zone in MAY_IMPORT ? MAY_IMPORT[zone as keyof typeof MAY_IMPORT] : null
    return imports
      .filter(({ specifier, target }) =>
        target === null
          ? FORBIDDEN_PACKAGES[zone]?.test(specifier)
          : allowed !== null && !allowed.includes(zoneOf(target)),
      )
      .map(({ specifier, target }) => `${path} may not import ${target ?? specifier}`)
  })
}

/** Where an internal URL is written by hand instead of built by `lib/routes.ts`. */
const HANDMADE_URL = new RegExp(
  [
    String.raw`\b(?:href|action|src)=(?:\{\s*)?["'\x60]/(?!/)`,
    String.raw`\b(?:push|replace|prefetch|redirect|permanentRedirect|fetch|EventSource)\(\s*["'\x60]/(?!/)`,
    String.raw`["'\x60]/api/`,
  ].join('|'),
)

export function handmadeUrls(sources: readonly Source[]): string[] {
  return productOf(sources)
    .filter(({ path }) => path.startsWith('app/') || path.startsWith('components/'))
    .flatMap(({ path, code }) =>
      code
        .split('\n')
        .flatMap((line, index) =>
          HANDMADE_URL.test(line) ? [`${path}: ${line.trim()} (${index + 1})`] : [],
        ),
    )
}

/** Exports of `"use server"` files that are not `export const name = action(…)`: each is a public endpoint. */
export function unwrappedActions(sources: readonly Source[]): string[] {
  return productOf(sources)
    .filter(({ text }) => /^\s*['"]use server['"]/.test(text))
    .flatMap(({ path, code }) =>
      [...code.matchAll(/^export\s.*$/gm)]
        .map(([line]) => line)
        .filter(line => !/^export const \w+ = action\(/.test(line))
        .map(line => `${path}: ${line}`),
    )
}

/** A file that only passes on what others export. */
export const isBarrel = ({ code }: Source): boolean => {
  const rest = code.replace(
    /^\s*export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+['"][^'"]+['"];?\s*$/gm,
    '',
  )
  return rest !== code && rest.trim() === ''
}

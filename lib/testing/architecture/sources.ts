import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** A source file of the product: its text without comments, and what of ours it imports. */
export type Source = { path: string; text: string; code: string; imports: Import[] }
/** `target` is the path of a file of ours without extension, or null for a package. */
export type Import = { specifier: string; target: string | null }

const FOLDERS = ['app', 'components', 'lib', 'e2e']
const ROOT_FILES = ['next.config.ts', 'instrumentation.ts', 'proxy.ts', 'drizzle.config.ts']

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`. */
const IMPORT = /\b(?:import|export)\s*(?:type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s*)?\(?\s*['"]([^'"\n]+)['"]/g

/** Every TypeScript file of the product, tests included. */
export function readSources(root = process.cwd()): Source[] {
  const paths = [...ROOT_FILES, ...FOLDERS.flatMap(folder => filesBelow(root, folder))]
  return paths
    .filter(path => /\.(ts|tsx|mts)$/.test(path))
    .flatMap(path => {
      const text = read(join(root, path))
      return text === null ? [] : [toSource(path, text)]
    })
}

export function toSource(path: string, text: string): Source {
  const code = withoutComments(text)
  const imports = [...code.matchAll(IMPORT)].map(([, specifier = '']) => ({
    specifier,
    target: targetOf(path, specifier),
  }))
  return { path, text, code, imports }
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : null
}

/** Good enough for our own code: comments go, strings stay (a `//` inside a string is kept by the look-behind). */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}(),])\/\/[^\n]*/g, '$1')

function filesBelow(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(root, join(entry.parentPath, entry.name)))
  } catch {
    return []
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

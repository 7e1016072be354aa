import { describe, expect, it } from 'vitest'
import { handmadeUrls, importViolations, isBarrel, productOf, unwrappedActions } from './rules'
import { readSources, type Source, toSource } from './sources'

const sources = readSources()
const product = productOf(sources)
const source = (path: string, text: string): Source => toSource(path, text)

const LONGEST_FILE = 300

describe('the house', () => {
  it('was walked: an empty walk proves nothing', () => {
    expect(product.length).toBeGreaterThan(200)
    expect(product.flatMap(({ imports }) => imports).length).toBeGreaterThan(1_000)
  })

  it('imports in one direction', () => {
    expect(importViolations(sources)).toEqual([])
  })

  it('reads process.env in env.ts alone', () => {
    // Next replaces NEXT_RUNTIME when it builds: it is no variable of the environment.
    const readers = product.filter(({ code }) =>
      /\bprocess\s*\.\s*env\b(?!\.NEXT_RUNTIME\b)/.test(withoutStrings(code)),
    )
    expect(readers.map(({ path }) => path)).toEqual(['lib/server/env.ts'])
  })

  it('builds internal URLs in routes.ts alone', () => {
    expect(handmadeUrls(sources)).toEqual([])
  })

  it('exports nothing but wrapped actions from "use server" files', () => {
    expect(product.some(({ text }) => text.startsWith("'use server'"))).toBe(true)
    expect(unwrappedActions(sources)).toEqual([])
  })

  it('has no barrel files', () => {
    // Next's own files may pass on a part of the page: their place in `app` is what they say.
    const own = product.filter(({ path }) => !path.startsWith('app/'))
    expect(own.filter(isBarrel).map(({ path }) => path)).toEqual([])
  })

  it(`has no file over ${LONGEST_FILE} lines, stock primitives aside`, () => {
    const long = sources
      .filter(({ path }) => !path.startsWith('components/ui/'))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > LONGEST_FILE)
    expect(long).toEqual([])
  })
})

describe('the rules', () => {
  it.each([
    ['components/x.tsx', "import { env } from '@/lib/server/env'"],
    ['lib/domain/x.ts', "import type { Database } from '../server/db/client'"],
    ['lib/server/providers/docker/x.ts', "import { endpoints } from '@/lib/server/db/schema/endpoints'"],
    ['lib/processes/model-server/x.ts', "const { x } = await import('@/lib/server/services/context')"],
    ['lib/processes/gateway/x.ts', "import { headers } from 'next/headers'"],
    ['lib/domain/x.ts', "import { join } from 'node:path'"],
    ['lib/server/services/x.ts', "export { page } from '@/app/page'"],
    ['lib/server/services/x.ts', "import { factory } from '@/lib/testing/factory'"],
    ['lib/domain/x.ts', "import {\n  type A,\n  B,\n} from '@/lib/queries/endpoints'"],
  ])('catch a wrong import in %s', (path, text) => {
    expect(importViolations([source(path, text)])).toHaveLength(1)
  })

  it('catch handmade URLs, and leave others alone', () => {
    const caught = ['<a href="/main/endpoints">', "router.push('/x')", 'fetch(`/api/teams`)', "redirect('/')"]
    for (const line of caught) expect(handmadeUrls([source('components/x.tsx', line)]), line).toHaveLength(1)
    const fine = ['<a href={routes.home()}>', '<a href="https://slipway.dev">', "// router.push('/x')"]
    for (const line of fine) expect(handmadeUrls([source('components/x.tsx', line)]), line).toEqual([])
  })

  it('catch an action that skips the wrapper', () => {
    const text = "'use server'\nexport const safe = action(schema, verb)\nexport async function bare() {}\n"
    expect(unwrappedActions([source('lib/actions/x.ts', text)])).toHaveLength(1)
  })

  it('catch a barrel', () => {
    expect(isBarrel(source('lib/x.ts', "export * from './a'\nexport { b } from './b'\n"))).toBe(true)
    expect(isBarrel(source('lib/x.ts', "export * from './a'\nexport const c = 1\n"))).toBe(false)
  })
})

/** Snippets shown to people name `process.env` inside a string or template; that reads nothing. */
function withoutStrings(code: string): string {
  return code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''")
}

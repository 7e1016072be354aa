import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')

it('names every environment variable that is read, and no other', () => {
  const [, schema = ''] = /const schema = z\.object\(\{([\s\S]*?)\n\}\)/.exec(read('lib/server/env.ts')) ?? []
  const known = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)
  expect(known.length).toBeGreaterThan(30)
  const documented = new Set(
    [...read('docs/configuration.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\|/gm)].map(([, name]) => name),
  )
  // Said in a sentence: not for people to set.
  for (const name of ['NODE_ENV', 'SLIPWAY_DIST_DIR']) documented.add(name)
  expect([...documented].sort()).toEqual([...known].sort())
})

it('links to files that exist', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map(name => join('docs', name)),
  ]
  const broken = pages
    .filter(page => page.endsWith('.md'))
    .flatMap(page =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
        .map(([, target = '']) => join(dirname(page), target))
        .filter(target => !existsSync(target))
        .map(target => `${page}: ${target}`),
    )
  expect(broken).toEqual([])
})

it('shows exactly two commands on the first screen', () => {
  const [, first = ''] = /```sh\n([\s\S]*?)```/.exec(read('README.md')) ?? []
  expect(
    first
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('#')[0]?.trim()),
  ).toEqual(['npm start', 'npm test'])
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { hintCompilation } from './compile-hints.mjs'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { arePackagesInstalled } from './packages.mjs'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { stampOf } from './source-stamp.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-prepare-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
}

describe('packages are installed', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-platform': { version: '2.0.0', optional: true },
  }
  const isInstalled = (present: object | null) => {
    write('package-lock.json', { packages: wanted })
    if (present) write('node_modules/.package-lock.json', { packages: present })
    return arePackagesInstalled(root)
  }

  it('when every package of this platform has the wanted version', async () => {
    expect(await isInstalled({ 'node_modules/a': { version: '1.0.0' } })).toBe(true)
  })

  it.each([
    ['nothing is installed', null],
    ['one is missing', {}],
    ['one has another version', { 'node_modules/a': { version: '0.9.0' } }],
    [
      'one for this platform has another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/other-platform': { version: '1.9.0' } },
    ],
  ])('not when %s', async (_, present) => {
    expect(await isInstalled(present)).toBe(false)
  })
})

describe('the stamp of the sources', () => {
  const stamp = () => stampOf(root, ['app', 'lib', 'next.config.ts', 'missing'])

  it('changes with a content, a name and a new file', async () => {
    write('app/page.tsx', 'one')
    write('next.config.ts', '')
    const stamps = [await stamp()]
    write('app/page.tsx', 'two')
    stamps.push(await stamp())
    write('lib/deep/down.ts', '')
    stamps.push(await stamp())
    expect(new Set(stamps).size).toBe(3)
    expect(await stamp()).toBe(stamps[2])
  })

  it('does not change with tests', async () => {
    write('lib/a.ts', '')
    const before = await stamp()
    write('lib/a.test.ts', 'changed')
    write('lib/testing/factory.ts', 'changed')
    expect(await stamp()).toBe(before)
  })
})

describe('compile hints', () => {
  const HINTED = '//# allFunctionsCalledOnLoad\nrun()'
  const read = (path: string) => readFileSync(join(root, path), 'utf8')

  it('stand at the top of every script, once, and nowhere else', async () => {
    for (const path of ['a.js', 'deep/b.js', 'c.css']) write(path, 'run()')
    await hintCompilation(root)
    await hintCompilation(root)
    expect(['a.js', 'deep/b.js', 'c.css'].map(read)).toEqual([HINTED, HINTED, 'run()'])
  })
})

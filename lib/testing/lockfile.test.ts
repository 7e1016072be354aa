import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error plain JavaScript on purpose: it runs without any package
import { missingEntries, platformOf } from './complete-lockfile.mjs'

it('has an entry for every platform: otherwise npm ci refuses it, here or on a Mac', () => {
  const lockfile: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const missing: { name: string }[] = missingEntries(lockfile)
  expect(
    missing.map(({ name }) => name),
    'run: node lib/testing/complete-lockfile.mjs',
  ).toEqual([])
})

it('tells from a package’s name where it belongs', () => {
  expect(platformOf('@next/swc-win32-x64-msvc')).toEqual({ cpu: ['x64'], os: ['win32'] })
  expect(platformOf('@img/sharp-linuxmusl-arm64')).toEqual({ cpu: ['arm64'], os: ['linux'], libc: ['musl'] })
  expect(platformOf('@tailwindcss/oxide-wasm32-wasi')).toEqual({ cpu: ['wasm32'] })
})

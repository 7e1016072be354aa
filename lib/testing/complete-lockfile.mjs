// Adds to the lockfile what a registry without other platforms' packages left out of it: `npm ci` refuses a lockfile
// in which an optional dependency has no entry. Run it after installing a package from such a registry:
//   node lib/testing/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
]

/** The entry a package path depends on, looked up as Node.js would: nested first, then every parent. */
function entryFor(packages, from, name) {
  for (let base = from; ; base = base.slice(0, base.lastIndexOf('/node_modules/'))) {
    const path = `${base === '' ? '' : `${base}/`}node_modules/${name}`
    if (packages[path]) return path
    if (!base.includes('/node_modules/'))
      return packages[`node_modules/${name}`] ? `node_modules/${name}` : null
  }
}

/** Optional dependencies without an entry. */
export function missingEntries({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => entryFor(packages, path, name) === null)
      .map(([name, range]) => ({ name, range, dependent: path })),
  )
}

const firstOf = (words, parts) => words.find(word => parts.includes(word))

/** `@next/swc-linux-x64-musl` → linux, x64, musl: platform packages say in their names where they belong. */
export function platformOf(name) {
  const parts = name.split(/[-/]/).map(part => ({ windows: 'win32', linuxmusl: 'linux' })[part] ?? part)
  const os = firstOf(SYSTEMS, parts)
  const cpu = firstOf(PROCESSORS, parts)
  const isMusl = /musl/.test(name)
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os ? { os: [os] } : {}),
    ...(isMusl ? { libc: ['musl'] } : {}),
  }
}

function complete(lockfile) {
  const added = []
  for (const { name, range, dependent } of missingEntries(lockfile)) {
    const platform = platformOf(name)
    if (!/^\d+\.\d+\.\d+/.test(range) || (!platform.os && !platform.cpu))
      throw new Error(
        `${name}@${range} of ${dependent} is no platform package of one version; add it by hand.`,
      )
    const isDev = lockfile.packages[dependent]?.dev === true
    lockfile.packages[`node_modules/${name}`] = {
      version: range,
      ...platform,
      ...(isDev ? { dev: true } : {}),
      optional: true,
    }
    added.push(`${name}@${range}`)
  }
  lockfile.packages = Object.fromEntries(
    Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  return added
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const added = complete(lockfile)
  writeFileSync('package-lock.json', `${JSON.stringify(lockfile, null, 2)}\n`)
  process.stdout.write(
    added.length === 0 ? 'The lockfile is complete.\n' : `Added:\n  ${added.join('\n  ')}\n`,
  )
}

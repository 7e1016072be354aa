import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Scripts } from '../page-scripts'

/** Builds a page without content with the same versions, and adds up what its HTML asks for. */
export function measureEmptyPage(): Scripts {
  // Below node_modules, so that its packages are found from there.
  const folder = join(process.cwd(), 'node_modules', '.cache', 'slipway-empty-page')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'app'), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('package.json', '{"name":"empty","private":true,"type":"module"}')
  write(
    'next.config.mjs',
    `export default { turbopack: { root: ${JSON.stringify(process.cwd())} }, typescript: { ignoreBuildErrors: true } }`,
  )
  // Without JSX: below node_modules a file is taken for compiled code.
  write(
    'app/layout.js',
    `import { createElement as element } from 'react'
export default ({ children }) => element('html', { lang: 'en' }, element('body', null, children))`,
  )
  write(
    'app/page.js',
    `import { createElement as element } from 'react'
export default () => element('p', null, 'Nothing')`,
  )
  execFileSync(process.execPath, [join(process.cwd(), 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  })
  const html = readFileSync(join(folder, '.next/server/app/index.html'), 'utf8')
  const bodies = [...html.matchAll(/<script src="\/_next\/([^"]+\.js)"(?![^>]*noModule)/g)].map(
    ([, path = '']) => readFileSync(join(folder, '.next', path)),
  )
  return {
    files: bodies.length,
    decodedBytes: bodies.reduce((sum, body) => sum + body.length, 0),
    gzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
  }
}

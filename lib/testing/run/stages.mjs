// The parts of `npm test`, in the order in which a failure is cheapest to learn.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../../processes/supervisor/prepare/progress.mjs'
import { provideChromium } from './chromium.mjs'
import { runVisibly } from './command.mjs'
import { afterAgain, ofExitCode, ofPlaywright, ofVitest, redFiles } from './counts.mjs'

const binary = name => join('node_modules', '.bin', name)

/** Runs a test runner that writes a JSON report, and counts what the report says. */
async function withReport(count, run) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-report-'))
  const file = join(folder, 'report.json')
  try {
    const exitCode = await run(file)
    return count(readJson(file), exitCode)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const vitestWith = (count, root, project, files) =>
  withReport(count, file =>
    runVisibly(
      binary('vitest'),
      [
        'run',
        ...files,
        '--project',
        project,
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      { cwd: root },
    ),
  )

export const vitest = (root, project, files = []) => vitestWith(ofVitest, root, project, files)

/** More red files than this are no accident of timing. */
const MOST_AGAIN = 3

/** Real processes on a shared machine: few red files are run again, alone (docs/decisions/018). */
async function integrationTests(root, nameUnsure) {
  const both = (report, exitCode) => ({ counts: ofVitest(report, exitCode), red: redFiles(report) })
  const { counts, red } = await vitestWith(both, root, 'integration', [])
  if (red.names.length === 0 || red.names.length > MOST_AGAIN) return counts
  say(`\n── Again, alone: ${red.names.join(', ')}`)
  const again = await vitest(root, 'integration', red.names)
  if (again.failed > 0) return counts
  for (const name of red.names) nameUnsure(name)
  return afterAgain(counts, red.counts, again)
}

const flakyTests = suite => [
  ...(suite.specs ?? []).filter(spec => spec.tests.some(test => test.status === 'flaky')),
  ...(suite.suites ?? []).flatMap(flakyTests),
]

const playwright = (root, args, env, nameUnsure) => {
  const count = (report, exitCode) => {
    for (const { file, title } of flakyTests(report ?? {})) nameUnsure(`${file}: ${title}`)
    return ofPlaywright(report, exitCode)
  }
  return withReport(count, file =>
    runVisibly(binary('playwright'), ['test', ...args], {
      cwd: root,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    }),
  )
}

/** How many tests stay unrun without a browser. */
async function countBrowserTests(root) {
  const listed = await withReport(
    report =>
      report?.suites.flatMap(function specs(suite) {
        return [...suite.specs, ...(suite.suites ?? []).flatMap(specs)]
      }).length,
    file =>
      runVisibly(binary('playwright'), ['test', '--list', '--reporter=json'], {
        cwd: root,
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      }),
  )
  return listed || 1
}

async function browserTests(root, leaveOut, nameUnsure) {
  const chromium = await provideChromium(root)
  if ('path' in chromium)
    return playwright(root, ['--reporter=list,json'], { SLIPWAY_CHROMIUM: chromium.path }, nameUnsure)
  leaveOut(chromium.missing)
  return { passed: 0, failed: 0, skipped: await countBrowserTests(root) }
}

/** A fresh clone has no route types yet: Next writes them. */
async function types(root) {
  const generated = await runVisibly(binary('next'), ['typegen'], { cwd: root })
  return ofExitCode(generated || (await runVisibly(binary('tsc'), ['--noEmit'], { cwd: root })))
}

/**
 * @param {string} root
 * @param {(what: string) => void} leaveOut says what is not tested on this machine
 * @param {(test: string) => void} nameUnsure says what was green only when it was run again
 * @returns {{ name: string, run: () => Promise<import('./counts.mjs').Counts> }[]}
 */
export const stagesOf = (root, leaveOut, nameUnsure) => [
  {
    name: 'Format and lint',
    run: async () => ofExitCode(await runVisibly(binary('biome'), ['check', '.'], { cwd: root })),
  },
  { name: 'Types', run: () => types(root) },
  { name: 'Architecture and unit tests', run: () => vitest(root, 'unit') },
  { name: 'Integration tests', run: () => integrationTests(root, nameUnsure) },
  {
    name: 'Build',
    run: async () =>
      ofExitCode(
        await runVisibly(process.execPath, ['lib/processes/supervisor/bootstrap.mjs', '--build-only'], {
          cwd: root,
        }),
      ),
  },
  { name: 'Browser tests on the built product', run: () => browserTests(root, leaveOut, nameUnsure) },
]

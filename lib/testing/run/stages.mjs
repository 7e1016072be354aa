// The parts of `npm test`, in the order in which a failure is cheapest to learn.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../../processes/supervisor/prepare/progress.mjs'
import { provideChromium } from './chromium.mjs'
import { runVisibly } from './command.mjs'
import { afterAgain, ofExitCode, ofPlaywright, ofVitest, redFiles } from './counts.mjs'
import { flakyTests, redInPlaywright, redInVitest } from './red-tests.mjs'

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

/** Counts, and what was red. */
export const vitest = (root, project, files = []) =>
  vitestWith(
    (report, exitCode) => ({
      counts: ofVitest(report, exitCode),
      files: redFiles(report),
      tests: redInVitest(report, root),
    }),
    root,
    project,
    files,
  )

async function unitTests(root, notes) {
  const { counts, tests } = await vitest(root, 'unit')
  notes.red(tests)
  return counts
}

/** More red files than this are no accident of timing. */
const MOST_AGAIN = 3

/** Real processes on a shared machine: few red files are run again, alone (docs/decisions/018). */
async function integrationTests(root, notes) {
  const { counts, files, tests } = await vitest(root, 'integration')
  if (files.names.length === 0 || files.names.length > MOST_AGAIN) {
    notes.red(tests)
    return counts
  }
  say(`\n── Again, alone: ${files.names.join(', ')}`)
  const again = await vitest(root, 'integration', files.names)
  if (again.counts.failed > 0) {
    notes.red(again.tests)
    return counts
  }
  notes.unsure(tests)
  return afterAgain(counts, files.counts, again.counts)
}

const playwright = (root, args, env, notes) => {
  const count = (report, exitCode) => {
    notes.unsure(flakyTests(report))
    notes.red(redInPlaywright(report))
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

async function browserTests(root, notes) {
  const chromium = await provideChromium(root)
  if ('path' in chromium)
    return playwright(root, ['--reporter=list,json'], { SLIPWAY_CHROMIUM: chromium.path }, notes)
  notes.leftOut(chromium.missing)
  return { passed: 0, failed: 0, skipped: await countBrowserTests(root) }
}

/** A fresh clone has no route types yet: Next writes them. */
async function types(root) {
  const generated = await runVisibly(binary('next'), ['typegen'], { cwd: root })
  return ofExitCode(generated || (await runVisibly(binary('tsc'), ['--noEmit'], { cwd: root })))
}

/**
 * @typedef {object} Notes what is said once more at the end, where it is read
 * @property {(what: string) => void} leftOut what is not tested on this machine
 * @property {(tests: string[]) => void} unsure what was green only when it was run again
 * @property {(tests: string[]) => void} red
 */

/**
 * @param {string} root
 * @param {Notes} notes
 * @returns {{ name: string, run: () => Promise<import('./counts.mjs').Counts> }[]}
 */
export const stagesOf = (root, notes) => [
  {
    name: 'Format and lint',
    run: async () => ofExitCode(await runVisibly(binary('biome'), ['check', '.'], { cwd: root })),
  },
  { name: 'Types', run: () => types(root) },
  { name: 'Architecture and unit tests', run: () => unitTests(root, notes) },
  { name: 'Integration tests', run: () => integrationTests(root, notes) },
  {
    name: 'Build',
    run: async () =>
      ofExitCode(
        await runVisibly(process.execPath, ['lib/processes/supervisor/bootstrap.mjs', '--build-only'], {
          cwd: root,
        }),
      ),
  },
  { name: 'Browser tests on the built product', run: () => browserTests(root, notes) },
]

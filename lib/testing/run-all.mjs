// What `npm test` runs on a fresh clone. Plain JavaScript: it installs the packages everything else needs.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installPackages } from '../processes/supervisor/prepare/packages.mjs'
import { explainAndExit, say } from '../processes/supervisor/prepare/progress.mjs'
import { findOnPath } from './run/chromium.mjs'
import { lastLine, sum } from './run/counts.mjs'
import { stagesOf } from './run/stages.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isCi = ['1', 'true'].includes(process.env.CI ?? '')
const leftOut = []
const unsure = []
const failed = []
const failedStages = []

const red = text => (process.stdout.isTTY ? `\u001b[31m${text}\u001b[0m` : text)

/** As `lib/testing/pinned-python.ts` asks it. */
const hasPython = () => spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0

/** What some tests need and skip themselves without. */
function nameMissingTools() {
  if (!hasPython())
    leftOut.push(
      'everything at AWS (moto: the provider and the browser’s journey), Hugging Face’s client, the demos’ apps, the Python snippet: there is no python3 with venv.',
    )
  if (process.getuid?.() !== 0) leftOut.push('PostgreSQL under an account of its own: that needs root.')
  if (!findOnPath(['useradd'])) leftOut.push('PostgreSQL for another account: there is no useradd.')
}

async function runStages() {
  const results = []
  const stages = stagesOf(root, {
    leftOut: what => leftOut.push(what),
    unsure: tests => unsure.push(...tests),
    red: tests => failed.push(...tests),
  })
  for (const { name, run } of stages) {
    say(`\n── ${name}`)
    const counts = await run()
    results.push(counts)
    if (counts.failed > 0) failedStages.push(name)
    say(`   ${name}: ${lastLine(counts)}`)
  }
  return sum(results)
}

try {
  process.chdir(root)
  await installPackages(root)
  nameMissingTools()
  const total = await runStages()
  say('')
  for (const what of leftOut) say(red(`Left out: ${what}`))
  for (const test of unsure) say(red(`Red at first, green when run again; find out why: ${test}`))
  if (failedStages.length > 0) say(red(`Red: ${failedStages.join(', ')}`))
  for (const test of failed) say(red(`  ✘ ${test}`))
  if (isCi && total.skipped > 0) {
    say(red(`${total.skipped} skipped tests count as failed, because CI is set.`))
    total.failed += total.skipped
    total.skipped = 0
  }
  say(lastLine(total))
  process.exitCode = total.failed > 0 ? 1 : 0
} catch (error) {
  explainAndExit(error)
}

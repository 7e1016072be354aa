// What `npm run test:providers` runs: the contract suite on every provider there is. Part of `npm test` as well.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answerReport } from './run/answer-report.mjs'
import { lastLine } from './run/counts.mjs'
import { vitest } from './run/stages.mjs'

const CONTRACTS = [
  'lib/server/providers/local/local.integration.test.ts',
  'lib/server/providers/huggingface/huggingface.integration.test.ts',
  'lib/server/providers/sagemaker/sagemaker.integration.test.ts',
  'lib/server/providers/azure-ml/azure-ml.integration.test.ts',
]

const root = fileURLToPath(new URL('../..', import.meta.url))
process.chdir(root)
const folder = mkdtempSync(join(tmpdir(), 'slipway-answers-'))
const answers = join(folder, 'answers')
writeFileSync(answers, '')
process.env.SLIPWAY_ANSWERS_FILE = answers
const { counts } = await vitest(root, 'integration', CONTRACTS)
for (const line of answerReport(readFileSync(answers, 'utf8'))) console.log(line)
rmSync(folder, { recursive: true, force: true })
console.log(lastLine(counts))
process.exitCode = counts.failed > 0 ? 1 : 0

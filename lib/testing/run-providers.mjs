// What `npm run test:providers` runs: the contract suite on every provider there is. Part of `npm test` as well.
import { fileURLToPath } from 'node:url'
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
const { counts } = await vitest(root, 'integration', CONTRACTS)
console.log(lastLine(counts))
process.exitCode = counts.failed > 0 ? 1 : 0

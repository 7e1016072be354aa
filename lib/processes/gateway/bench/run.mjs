// Bundles and runs the gateway's benchmark: `npm run bench:gateway`. Plain JavaScript: it runs before any build.
import { runBundled } from '../../run-bundled.mjs'

const folder = 'lib/processes/gateway/bench'
await runBundled('bench-gateway', { main: `${folder}/main.ts`, server: `${folder}/server.ts` })

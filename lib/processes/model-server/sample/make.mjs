// `npm run make:sample`: bundles the TypeScript beside it and runs it. Writes the sample model and its card anew.
import { runBundled } from '../../run-bundled.mjs'

await runBundled('make-sample', { main: 'lib/processes/model-server/sample/make/main.ts' })

import { isMainThread } from 'node:worker_threads'
import { inheritedEnvironment, keepOnnxRuntimeToItself } from '@/lib/server/env'
import { runEngine } from './engine/worker'
import { log } from './log'
import { serve } from './serve'
import { parseSettings } from './settings'

/** One file for both threads, so that one bundle is the whole program. */
if (!isMainThread) {
  await runEngine()
} else {
  // Before the engine's thread begins: that one has its own copy of the environment, which native code never sees.
  keepOnnxRuntimeToItself()
  try {
    await serve(parseSettings(inheritedEnvironment()), new URL(import.meta.url))
  } catch (error) {
    log('ERROR', error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

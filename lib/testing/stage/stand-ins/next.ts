// Stands in for `next start` in tests of the supervisor.
import { createServer } from 'node:http'
import { env } from '@/lib/server/env'
import { noteAndExitOn } from './note'

createServer((_, response) => response.end(String(process.pid))).listen(env().PORT, env().HOST)
noteAndExitOn('portal', ['SIGTERM'])

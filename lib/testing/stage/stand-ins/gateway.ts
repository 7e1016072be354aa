// Stands in for the gateway in tests of the supervisor: answers every path, complains once in its log.
import { createServer } from 'node:http'
import { env } from '@/lib/server/env'
import { createLogger } from '@/lib/server/logger'
import { noteAndExitOn } from './note'

const { HOST, SLIPWAY_GATEWAY_PORT } = env()
createServer((_, response) => response.end(String(process.pid))).listen(SLIPWAY_GATEWAY_PORT, HOST)
createLogger('gateway').warn('a warning worth reading')
noteAndExitOn('gateway', ['SIGTERM'])

import { type Logger, pino } from 'pino'
import { env } from './env'

/** Structured logs of one program: JSON lines on stdout. Secrets are redacted by name, wherever they stand. */
export function createLogger(program: string, level = env().SLIPWAY_LOG_LEVEL): Logger {
  return pino({
    base: { program, pid: process.pid },
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        'token',
        'authorization',
        'secret',
        'secrets',
        '*.password',
        '*.token',
        '*.authorization',
        '*.secret',
        '*.secrets',
      ],
      censor: '[redacted]',
    },
  })
}

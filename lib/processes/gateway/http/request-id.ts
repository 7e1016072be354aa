import { randomUUID } from 'node:crypto'

/** Visible ASCII only: an id is written to logs, headers and pages of others. */
const SANE = /^[\x21-\x7e]{1,128}$/

/** The caller's own request id where it is harmless, else a new one. */
export function requestIdOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID()
}

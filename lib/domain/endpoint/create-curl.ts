import type { SpecInput } from './inputs'

/** For a POSIX shell: single quotes hold everything but themselves. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/**
 * The same request against the API. Secret values never go on a clipboard: their names stand there with a
 * variable to fill in.
 */
export function createCurl(portalUrl: string, team: string, body: unknown): string {
  return [
    `curl -X POST ${quote(`${portalUrl}/v2/endpoint/${team}`)} \\`,
    `  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify(body, null, 2))}`,
  ].join('\n')
}

export type CreateCurlInput = { name: string; spec: SpecInput; secretNames: readonly string[] }

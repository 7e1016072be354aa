/** Where something listens within a network. */
export type HostPort = { host: string; port: number }

const DEFAULT_PORT = 443
const TEXT = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))(?::(\d{1,5}))?$/i
const LONGEST = 255

/** `name`, `name:8443`, `10.0.0.7`, `[fd00::7]:443`; null for anything else. Without a port it is that of https. */
export function hostPortOf(text: string): HostPort | null {
  const [, v6, name, digits] = TEXT.exec(text) ?? []
  const host = v6 ?? name
  const port = digits === undefined ? DEFAULT_PORT : Number(digits)
  return host === undefined || text.length > LONGEST || port < 1 || port > 65_535 ? null : { host, port }
}

export const HOST_PORT_HELP =
  'A name or an address, with a port where it is not 443: vpce-0a1b.example.com, 10.0.0.7:8443.'

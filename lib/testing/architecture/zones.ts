/** The parts of the house, most specific first: a file belongs to the first whose pattern its path begins with. */
const ZONES = [
  ['lib/domain/', 'domain'],
  ['lib/routes', 'routes'],
  ['lib/queries/', 'queries'],
  ['lib/client/', 'client'],
  ['lib/actions/', 'actions'],
  ['lib/testing/', 'testing'],
  ['lib/server/db/', 'db'],
  ['lib/server/hub/', 'hub'],
  ['lib/server/providers/', 'providers'],
  ['lib/server/log-store/', 'log-store'],
  ['lib/server/services/', 'services'],
  ['lib/server/http/', 'http'],
  ['lib/server/transport', 'transport'],
  ['lib/server/', 'base'],
  ['lib/processes/shim/', 'shim'],
  ['lib/processes/model-server/', 'model-server'],
  ['lib/processes/gateway/', 'gateway'],
  ['lib/processes/controller/', 'controller'],
  ['lib/processes/', 'processes'],
  ['components/', 'components'],
  ['app/', 'app'],
  ['e2e/', 'e2e'],
] as const

export type Zone = (typeof ZONES)[number][1] | 'root'

export const zoneOf = (path: string): Zone => ZONES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'root'

/** Typed builders for every URL of the portal; nothing else writes internal paths by hand. */
export type EndpointTab = 'overview' | 'playground' | 'analytics' | 'logs' | 'settings'

const query = (params: Record<string, string | undefined>): string => {
  const set = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
}

export const routes = {
  home: () => '/',
  signIn: (params: { callbackUrl?: string; reason?: string } = {}) => `/sign-in${query(params)}`,
  profile: () => '/profile',
  team: {
    endpoints: (team: string) => `/${team}/endpoints`,
    newEndpoint: (team: string, params: { model?: string } = {}) => `/${team}/endpoints/new${query(params)}`,
    tokens: (team: string) => `/${team}/tokens`,
    connections: (team: string) => `/${team}/connections`,
    analytics: (team: string) => `/${team}/analytics`,
  },
  endpoint: (
    team: string,
    name: string,
    tab: EndpointTab = 'overview',
    params: Record<string, string | undefined> = {},
  ) => `/${team}/endpoints/${name}/${tab}${query(params)}`,
  /** The second door, at HF's own paths. */
  hf: { endpoints: (team: string) => `/v2/endpoint/${team}` },
  api: {
    endpoints: (team: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints${query(params)}`,
    endpoint: (team: string, name: string) => `/api/teams/${team}/endpoints/${name}`,
    events: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/events${query(params)}`,
    demo: (team: string, name: string, params: { kind: string }) =>
      `/api/teams/${team}/endpoints/${name}/demo${query(params)}`,
    revisions: (team: string, name: string) => `/api/teams/${team}/endpoints/${name}/revisions`,
    analytics: (team: string, name: string, chart: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/analytics/${chart}${query(params)}`,
    teamAnalytics: (team: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/analytics${query(params)}`,
    logs: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs${query(params)}`,
    logsOfRequest: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs/request${query(params)}`,
    logDensity: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs/density${query(params)}`,
    logSearch: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs/search${query(params)}`,
    logStream: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs/stream${query(params)}`,
    logDownload: (team: string, name: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/endpoints/${name}/logs/download${query(params)}`,
    tokens: (team: string) => `/api/teams/${team}/tokens`,
    connections: (team: string) => `/api/teams/${team}/connections`,
    accountEndpoints: (team: string, connectionId: string) =>
      `/api/teams/${team}/connections/${connectionId}/endpoints`,
    catalog: (team: string) => `/api/teams/${team}/catalog`,
    hubModels: (team: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/hub/models${query(params)}`,
    hubModel: (team: string, params: Record<string, string | undefined> = {}) =>
      `/api/teams/${team}/hub/model${query(params)}`,
    tryModel: (team: string, params: Record<string, string>) => `/api/teams/${team}/hub/try${query(params)}`,
    reach: (team: string, params: Record<string, string>) => `/api/teams/${team}/reach${query(params)}`,
    localModels: (team: string) => `/api/teams/${team}/hub/folders`,
    profile: () => '/api/profile',
    health: () => '/api/health',
    sessions: () => '/api/profile/sessions',
  },
} as const

import pg from 'pg'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import type { ProcessIdentity } from '@/lib/server/process-identity'
import { codeOf, StartFailure } from './start-failure'

export type SupervisedDatabase = {
  url: string
  directUrl: string
  /** The embedded server; null where DATABASE_URL names one that is not ours to stop. */
  embedded: (ProcessIdentity & { adopted: boolean; stop: () => Promise<void> }) | null
}

/** The oldest version everything is tested with. */
const OLDEST_MAJOR = 15

type Settings = { SLIPWAY_DATA_DIR: string; DATABASE_URL?: string; DATABASE_DIRECT_URL?: string }

/** The database: DATABASE_URL when it is set, otherwise Slipway's own PostgreSQL, started or adopted. */
export async function openOwnOrExternal(settings: Settings): Promise<SupervisedDatabase> {
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl } = settings
  if (url) {
    await checkExternal(url, 'DATABASE_URL')
    if (directUrl) await checkExternal(directUrl, 'DATABASE_DIRECT_URL')
    return { url, directUrl: directUrl ?? url, embedded: null }
  }
  const server = await startEmbedded({ dataDir: settings.SLIPWAY_DATA_DIR })
  return { url: server.url, directUrl: server.url, embedded: server }
}

async function checkExternal(text: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: text, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const answer = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int / 10000 as version",
    )
    const version = answer.rows[0]?.version ?? 0
    if (version < OLDEST_MAJOR)
      throw new StartFailure(
        `The database of ${variable} is PostgreSQL ${version}; Slipway needs ${OLDEST_MAJOR} or newer.`,
      )
  } catch (error) {
    if (error instanceof StartFailure) throw error
    throw new StartFailure(`The database of ${variable} ${reasonOf(error, new URL(text))}`)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Never the URL itself: it holds the password. */
function reasonOf(error: unknown, url: URL): string {
  const place = `${url.hostname || 'localhost'}:${url.port || '5432'}`
  const name = decodeURIComponent(url.pathname.slice(1))
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return `does not answer: nothing listens at ${place}. Is PostgreSQL running there?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `does not answer: the host name ${url.hostname} is unknown.`
    case '28P01':
    case '28000':
      return `refused the user “${decodeURIComponent(url.username)}” or its password.`
    case '3D000':
      return `does not exist: make it with createdb ${name}, or name another one.`
    default:
      return `cannot be used at ${place}: ${error instanceof Error ? error.message : String(error)}.`
  }
}

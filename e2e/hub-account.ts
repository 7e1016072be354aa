import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { seal } from '@/lib/server/secrets/seal'
import type { Product } from './product'

/**
 * A connection to Hugging Face itself, written to the product's database: the portal would test it there, where
 * nothing can be reached from these tests.
 */
export async function insertHubAccount({ dataDir, team }: Product, token: string): Promise<void> {
  const read = (...path: string[]) => readFileSync(join(dataDir, ...path), 'utf8').trim()
  const id = randomUUID()
  const secrets = seal(
    JSON.stringify({ token }),
    `connection:${id}`,
    Buffer.from(read('secret.key'), 'base64'),
  )
  const settings = { kind: 'huggingface', namespace: 'acme', baseUrl: null }
  const [password, port] = [read('postgres', 'password'), read('postgres', 'port')]
  const client = new pg.Client({
    connectionString: `postgres://slipway:${password}@127.0.0.1:${port}/slipway`,
  })
  await client.connect()
  await client.query(
    'insert into connections (id, team_id, name, settings, sealed_secrets) select $1, id, $2, $3, $4 from teams where slug = $5',
    [id, 'Hugging Face', settings, secrets, team],
  )
  await client.end()
}

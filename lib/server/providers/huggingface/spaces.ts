import { z } from 'zod'
import { ProviderError } from '../port'
import type { HfClient } from './client'
import { HfRefusal } from './refusal'

/** Which endpoint a Space shows: a public variable, set as it is created, so that a second push knows its own. */
const MARK = 'SLIPWAY_ENDPOINT'

const space = z.object({ private: z.boolean() })
const variables = z.record(z.string(), z.object({ value: z.string().nullish() }))

export type SpaceWish = {
  namespace: string
  name: string
  endpointId: string
  sdk: 'gradio' | 'docker'
  isPrivate: boolean
}

const HUB = { on: 'hub', isIdempotent: true } as const
const pathOf = ({ namespace, name }: Pick<SpaceWish, 'namespace' | 'name'>) =>
  `/api/spaces/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`

/**
 * Makes the Space, or finds the one an earlier push of the same endpoint made; asking twice is the same as once.
 * False where it was there. Somebody else's of that name is an error and is not touched. @throws ProviderError
 */
export async function ensureSpace(client: HfClient, wish: SpaceWish): Promise<boolean> {
  const { namespace: organization, name, sdk, isPrivate, endpointId } = wish
  const body = { type: 'space', name, organization, sdk, private: isPrivate }
  try {
    await client.send('/api/repos/create', {
      ...HUB,
      method: 'POST',
      body: { ...body, variables: [{ key: MARK, value: endpointId }] },
    })
    return true
  } catch (error) {
    if (!(error instanceof HfRefusal) || error.status !== 409) throw withScope(error)
  }
  const there = await client.read(`${pathOf(wish)}/variables`, variables, HUB).catch(error => {
    throw withScope(error)
  })
  if (there[MARK]?.value !== endpointId)
    throw new ProviderError(
      'invalid_spec',
      `${organization} has a Space ${name} already, and it is not of this endpoint. It is left alone: choose another name.`,
    )
  const { private: isNowPrivate } = await client.read(pathOf(wish), space, HUB)
  if (isNowPrivate === isPrivate) return false
  throw new ProviderError(
    'invalid_spec',
    `The Space ${organization}/${name} is there already and is ${isNowPrivate ? 'private' : 'public'}. Choose that, or change it in the Space's settings at Hugging Face.`,
  )
}

/** One commit with all files; the same files again change nothing. @throws ProviderError */
export async function commitFiles(
  client: HfClient,
  wish: SpaceWish,
  files: readonly { path: string; text: string }[],
): Promise<void> {
  const header = { key: 'header', value: { summary: 'Demo made by Slipway', description: '' } }
  const lines = files.map(({ path, text }) => ({
    key: 'file',
    value: { path, content: Buffer.from(text).toString('base64'), encoding: 'base64' },
  }))
  await client
    .send(`${pathOf(wish)}/commit/main`, { ...HUB, method: 'POST', lines: [header, ...lines] })
    .catch(error => {
      throw withScope(error)
    })
}

/** Sets or replaces a secret. @throws ProviderError */
export async function setSecret(
  client: HfClient,
  wish: SpaceWish,
  key: string,
  value: string,
): Promise<void> {
  const description = 'Token of the endpoint this demo calls; revoke it in Slipway under Tokens.'
  await client
    .send(`${pathOf(wish)}/secrets`, { ...HUB, method: 'POST', body: { key, value, description } })
    .catch(error => {
      throw withScope(error)
    })
}

/** The Hub does not always say which permission is missing; there is one for all of this. */
function withScope(error: unknown): unknown {
  if (!(error instanceof HfRefusal) || error.code !== 'permission') return error
  const said = error.said === '' ? '' : ` The Hub said: ${error.said}`
  return new ProviderError(
    'permission',
    `The connection's token may not write repositories of this namespace. Add repo.write to it (“Write access to contents/settings of all repos”) at Hugging Face.${said}`,
  )
}

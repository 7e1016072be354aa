import { expect, test } from 'vitest'
import type { HfClient } from './client'
import { testPermissions } from './permissions'

/** Answers who the token is of, and takes every call. */
const clientOf = (accessToken: object) =>
  ({
    account: { namespace: 'acme' },
    host: 'huggingface.co',
    read: async (_path: string, schema: { parse: (json: unknown) => unknown }) =>
      schema.parse({ name: 'jane', orgs: [{ name: 'acme' }], auth: { accessToken } }),
    send: async () => ({ status: 200, text: '', json: {}, next: null }),
  }) as unknown as HfClient

const toldBy = async (accessToken: object) => {
  const results = await testPermissions(clientOf(accessToken))
  return Object.fromEntries(results.slice(-3).map(({ id, allowed, advice }) => [id, advice ?? allowed]))
}

test('what cannot be tried is read off the token: by its role, or by the scopes it has for the namespace', async () => {
  expect(await toldBy({ role: 'write' })).toEqual({ infer: 'yes', hosted: 'yes', spaces: 'yes' })
  expect(await toldBy({ role: 'read' })).toEqual({
    infer: 'Add inference.endpoints.infer.write to the token.',
    hosted: 'yes',
    spaces: 'Add repo.write to the token, for “Share a demo” only.',
  })
  const of = (name: string, ...permissions: string[]) => ({ entity: { type: 'org', name }, permissions })
  const scoped = [
    of('jane', 'inference.serverless.write', 'repo.write'),
    of('Acme', 'inference.endpoints.infer.write'),
  ]
  expect(await toldBy({ role: 'fineGrained', fineGrained: { global: [], scoped } })).toEqual({
    infer: 'yes',
    hosted: 'yes',
    spaces: 'Add repo.write to the token, for “Share a demo” only.',
  })
  expect(await toldBy({ role: 'fineGrained', fineGrained: { scoped: [] } })).toMatchObject({
    hosted: 'Add inference.serverless.write to the token, for “Try it first” only.',
  })
  expect(await toldBy({})).toMatchObject({ infer: expect.stringContaining('does not say') })
})

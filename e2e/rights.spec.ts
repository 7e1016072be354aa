import { readBuiltDoors } from '@/lib/testing/built-doors'
import { ACTION_DOORS, ROUTE_DOORS } from '@/lib/testing/doors'
import { expect, test } from './fixtures'

const built = readBuiltDoors()
const closed = ROUTE_DOORS.filter(door => door.asks !== 'nobody')

/** A place that exists: the first start's team and endpoint. */
const placeOf = (path: string, team: string): string =>
  path
    .replace(/\[(team|namespace)\]/, team)
    .replace(/\[(endpoint|name)\]/, 'sample-sentiment')
    .replace(/\/\([^)]*\)/g, '')

test('the build has no route and no action that is not on the list', () => {
  expect(built.routes.toSorted()).toEqual([...new Set(ROUTE_DOORS.map(door => door.route))].sort())
  const listed = ACTION_DOORS.map(door => `lib/actions/${door.file}.ts ${door.name}`)
  for (const { file, name } of built.actions) expect(listed).toContain(`${file} ${name}`)
  expect(built.actions.length).toBeGreaterThan(0)
})

test('no route answers without a session or token', async ({ playwright, product }) => {
  const anonymous = await playwright.request.newContext({ baseURL: product.portalUrl })
  for (const door of closed) {
    const headers = { origin: product.portalUrl }
    const response = await anonymous.fetch(`${placeOf(door.route, product.team)}${door.query ?? ''}`, {
      method: door.method,
      headers,
      ...(door.body === undefined ? {} : { data: door.body }),
    })
    expect(response.status(), `${door.method} ${door.route}`).toBe(401)
    expect(response.headers()['cache-control']).toContain('no-store')
  }
  await anonymous.dispose()
})

test('a session changes nothing by a route without our own Origin', async ({ signedIn, product }) => {
  for (const door of closed.filter(({ method }) => method !== 'GET'))
    for (const headers of [{}, { origin: 'https://evil.example' }]) {
      const response = await signedIn.context().request.fetch(placeOf(door.route, product.team), {
        method: door.method,
        headers: headers as Record<string, string>,
        ...(door.body === undefined ? {} : { data: door.body }),
      })
      expect(response.status(), `${door.method} ${door.route}`).toBe(403)
    }
})

test('an action does nothing without a session, and nothing without our own Origin', async ({
  signedIn,
  playwright,
  product,
}) => {
  const anonymous = await playwright.request.newContext({ baseURL: product.portalUrl })
  const session = signedIn.context().request
  for (const action of built.actions) {
    const path = placeOf(action.page, product.team)
      .replace(/^app/, '')
      .replace(/\/page$/, '')
    const post = (as: typeof session, headers: Record<string, string>) =>
      as.post(path, {
        headers: { 'next-action': action.id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
        data: '[{}]',
        maxRedirects: 0,
      })
    const ownOrigin = { origin: product.portalUrl }
    expect(await (await post(anonymous, ownOrigin)).text(), action.name).toContain('"unauthenticated"')
    expect(await (await post(session, {})).text(), action.name).toContain('"forbidden"')
    const foreign = await post(session, { origin: 'https://evil.example' })
    expect(foreign.ok() && !(await foreign.text()).includes('"forbidden"'), action.name).toBe(false)
  }
  await anonymous.dispose()
})

test('an API path without a route is a 404 in JSON, for everybody alike', async ({ signedIn, product }) => {
  for (const method of ['GET', 'POST', 'PATCH'])
    for (const [path, error] of [
      [
        '/api/teams/main/endpoint',
        { code: 'not_found', message: expect.stringContaining('No such API route') },
      ],
      ['/v2/endpoints', expect.stringContaining('No such API route')],
      ['/v3/x', expect.stringContaining('No such API route')],
    ]) {
      const response = await signedIn.context().request.fetch(`${product.portalUrl}${path}`, { method })
      expect(response.status()).toBe(404)
      expect(await response.json()).toEqual({ error })
    }
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeToken } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { installHfClient, runJourney } from '@/lib/testing/hf-client/install'
import { hasPython } from '@/lib/testing/pinned-python'
import { Portal } from '@/lib/testing/portal'
import { PrivateHf } from '@/lib/testing/private-hf'
import { type SecondSlipway, startSecondSlipway } from '@/lib/testing/second-slipway'
import { freePort } from '@/lib/testing/serving-slipway'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'

let api: SecondSlipway
let portal: Portal
let hf: PrivateHf

beforeAll(async () => {
  const port = String(await freePort())
  process.env.SLIPWAY_GATEWAY_URL = `http://127.0.0.1:${port}`
  api = await startSecondSlipway()
  portal = await Portal.start({ db: api.db, url: api.databaseUrl }, { SLIPWAY_GATEWAY_PORT: port })
  hf = await new PrivateHf().start()
  const settings = { kind: 'huggingface' as const, namespace: 'acme', baseUrl: hf.url }
  expectOk(await portal.connect(settings, { token: 'hf_stand_in' }))
})

afterAll(async () => {
  await portal?.stop()
  await hf?.stop()
  await api?.stop()
})

// Our API, controller and gateway; a stand-in for Hugging Face behind the connection.
it.skipIf(!hasPython())(
  'lets Hugging Face’s own Python client scale to zero, and a request wake it',
  async () => {
    const python = await installHfClient()
    const { text } = await makeToken(api.db, portal.team, portal.owner, 'write')
    expect(await runJourney(python, api.url, text, 'scale_to_zero.py')).toEqual({
      hardware: expect.arrayContaining(['aws-us-east-1-intel-spr-x1']),
      waited: 'running',
      asleep: { status: 'scaledToZero', ready: 0 },
      resume_refused: expect.stringContaining('scaled to zero: the next request wakes it'),
      woken: { status: 'running', ready: 1 },
      gone: 404,
    })
    expect(hf.verbs).toContainEqual(expect.stringMatching(/^sleepy-\w+ scale-to-zero$/))
  },
  150_000,
)

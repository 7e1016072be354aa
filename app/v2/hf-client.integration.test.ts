import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDataDir } from '@/lib/testing/data-dir'
import { installHfClient, runJourney } from '@/lib/testing/hf-client/install'
import { hasPython } from '@/lib/testing/pinned-python'
import { type ServingSlipway, startServingSlipway } from '@/lib/testing/serving-slipway'

testDataDir()

// Without Python this is left out, and `npm test` says so in red.
describe.skipIf(!hasPython())('Hugging Face’s own Python client', () => {
  let portal: ServingSlipway
  let seen: Record<string, unknown>
  let team: string

  beforeAll(async () => {
    const python = await installHfClient()
    portal = await startServingSlipway()
    team = portal.team.slug
    seen = (await runJourney(python, portal.url, await portal.token('write'))) as Record<string, unknown>
  })

  afterAll(() => portal?.stop())

  it('is the pinned one, and finds its namespace and the hardware', () => {
    expect(seen).toMatchObject({ version: '2.0.0', whoami: team })
    expect(seen.hardware).toContain('local-this-machine-cpu-x1')
  })

  it('creates, reads and lists endpoints', () => {
    expect(seen).toMatchObject({
      created: {
        // What runs it may be as quick as the answer.
        status: expect.stringMatching(/^(pending|initializing)$/),
        url: expect.stringMatching(new RegExp(`/${team}/from-python$`)),
        raw: {
          type: 'authenticated',
          model: { repository: 'slipway/sample-sentiment', task: 'text-classification' },
          tags: ['from-python'],
          status: { accessLevel: 'protected', createdBy: { name: 'The owner' } },
        },
      },
      created_at: expect.stringMatching(/\+00:00$/),
      listed: ['from-python'],
      everywhere: ['from-python'],
    })
    expect(JSON.stringify(seen)).not.toContain('a secret value')
  })

  it('updates one part and keeps the others', () => {
    expect(seen).toMatchObject({
      scaled: { minReplica: 2, maxReplica: 2 },
      env: { LOG_LEVEL: 'info' },
      secrets: { API_KEY: null },
      revision: 3,
    })
  })

  it('waits until it answers, pauses, resumes, and deletes until nothing is left', () => {
    expect(seen).toMatchObject({
      waited: { status: 'running', ready: 2 },
      paused: 'paused',
      resumed: 'running',
      gone: { status: 404, requestId: true },
    })
  })

  it('understands every refusal: kind, status, sentence, request id', () => {
    const bad = { kind: 'BadRequestError', status: 400, requestId: true }
    expect(seen).toMatchObject({
      already_running: { ...bad, message: expect.stringContaining('already running') },
      scale_to_zero: { ...bad, message: expect.stringContaining('cannot scale to zero') },
      no_such_hardware: { ...bad, message: expect.stringContaining('local-this-machine-cpu-x4096') },
      no_such_image: { ...bad, message: expect.stringContaining('model.image.vLLM: missing field url') },
      duplicate: { status: 409, requestId: true },
      unknown: { status: 404, requestId: true },
      bad_token: { status: 401, requestId: true },
    })
  })
})

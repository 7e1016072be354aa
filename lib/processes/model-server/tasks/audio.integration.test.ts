import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type RunningModelServer, serveTinyModel } from '@/lib/testing/model-server'
import {
  dogHearer,
  helloTranscriber,
  loudnessClassifier,
  SAMPLE_RATE,
  tokenSpeaker,
} from '@/lib/testing/models/audio-models'
import type { TinyModel } from '@/lib/testing/models/folder'
import { decodeWav, encodeWav } from './audio/wav'

const tone = (amplitude: number, sampleRate = SAMPLE_RATE) =>
  encodeWav(
    Float32Array.from(
      { length: sampleRate / 4 },
      (_, i) => amplitude * Math.sin((i * 2 * Math.PI * 440) / sampleRate),
    ),
    sampleRate,
  )
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

function serving(task: string, model: TinyModel) {
  let server: RunningModelServer
  beforeAll(async () => {
    server = await serveTinyModel(task, model)
  })
  afterAll(() => server.stop())
  return {
    json: (body: unknown) => ask(server.url, body),
    bytes: (audio: Uint8Array, type: string) =>
      fetch(server.url, { method: 'POST', headers: { 'Content-Type': type }, body: new Uint8Array(audio) }),
    accept: (body: unknown, accept: string) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: accept },
        body: JSON.stringify(body),
      }),
  }
}

describe('audio-classification', () => {
  const classify = serving('audio-classification', loudnessClassifier())

  it('takes WAV bytes of any sample rate', async () => {
    for (const rate of [SAMPLE_RATE, 44_100, 8000]) {
      const loud = await classify.bytes(tone(0.9, rate), 'audio/wav')
      expect(await loud.json()).toMatchObject([{ label: 'loud' }, { label: 'quiet' }])
    }
    expect(await (await classify.bytes(tone(0.1), 'audio/x-wav')).json()).toMatchObject([
      { label: 'quiet' },
      {},
    ])
  })

  it('takes base64 with parameters', async () => {
    expect((await classify.json({ inputs: base64(tone(0.9)), parameters: { top_k: 1 } })).body).toEqual([
      { label: 'loud', score: expect.any(Number) },
    ])
  })

  it('says which formats it knows', async () => {
    const response = await classify.bytes(Buffer.from('nothing one can hear'), 'audio/webm')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining('WAV, FLAC, MP3') })
  })
})

describe('automatic-speech-recognition', () => {
  const transcribe = serving('automatic-speech-recognition', helloTranscriber())

  it('gives text', async () => {
    expect(await (await transcribe.bytes(tone(0.5), 'audio/wave')).json()).toEqual({ text: 'hello' })
    expect((await transcribe.json({ inputs: base64(tone(0.5)) })).body).toEqual({ text: 'hello' })
  })
})

describe('zero-shot-audio-classification', () => {
  const classify = serving('zero-shot-audio-classification', dogHearer())

  it('ranks candidate labels', async () => {
    const parameters = { candidate_labels: ['cat', 'dog'] }
    const { body } = await classify.json({ inputs: base64(tone(0.5, 48_000)), parameters })
    expect(body).toMatchObject([{ label: 'dog' }, { label: 'cat' }])
  })
})

describe('text-to-audio', () => {
  const speak = serving('text-to-audio', tokenSpeaker())

  it('gives a WAV file to who accepts audio, base64 with its rate otherwise', async () => {
    const response = await speak.accept({ inputs: 'hello hello' }, 'audio/wav')
    expect(response.headers.get('content-type')).toBe('audio/wav')
    const wav = decodeWav(new Uint8Array(await response.arrayBuffer()))
    expect(wav).toMatchObject({ sampleRate: SAMPLE_RATE, channels: [{ length: 2 }] })
    expect((await speak.json({ inputs: 'hello' })).body).toEqual({
      audio: expect.any(String),
      sampling_rate: SAMPLE_RATE,
    })
  })

  it('never fetches a voice', async () => {
    const parameters = { speaker_embeddings: 'http://127.0.0.1/voice.bin' }
    expect((await speak.json({ inputs: 'hello', parameters })).status).toBe(400)
  })
})

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type RunningModelServer, serveTinyModel } from '@/lib/testing/model-server'
import type { TinyModel } from '@/lib/testing/models/folder'
import { documentReader, imageCaptioner } from '@/lib/testing/models/generation-models'
import {
  brightnessDepth,
  colourClassifier,
  colourDetector,
  colourFeatures,
  colourMatcher,
  colourSegmenter,
  mirror,
  redKeeper,
  wordDetector,
} from '@/lib/testing/models/vision-models'

const RED = { r: 255, g: 0, b: 0 }
const BLUE = { r: 0, g: 0, b: 255 }

/** A picture whose left half is red and whose right half is blue. */
async function twoColours(): Promise<Buffer> {
  const right = await sharp({ create: { width: 8, height: 16, channels: 3, background: BLUE } })
    .png()
    .toBuffer()
  return sharp({ create: { width: 16, height: 16, channels: 3, background: RED } })
    .composite([{ input: right, left: 8, top: 0 }])
    .png()
    .toBuffer()
}

const red = (format: 'png' | 'jpeg' | 'webp' = 'png') =>
  sharp({ create: { width: 16, height: 16, channels: 3, background: RED } })
    .toFormat(format)
    .toBuffer()

function serving(task: string, model: TinyModel) {
  let server: RunningModelServer
  beforeAll(async () => {
    server = await serveTinyModel(task, model)
  })
  afterAll(() => server.stop())
  return {
    json: async (image: Buffer, more: Record<string, unknown> = {}) =>
      ask(server.url, { inputs: image.toString('base64'), ...more }),
    raw: (body: unknown) => ask(server.url, body),
    bytes: (image: Buffer, headers: Record<string, string>, query = '') =>
      fetch(`${server.url}/${query}`, { method: 'POST', headers, body: new Uint8Array(image) }),
  }
}

describe('image-classification', () => {
  const classify = serving('image-classification', colourClassifier())
  const best = { label: 'red', score: expect.closeTo(0.987, 2) }

  it.each(['png', 'jpeg', 'webp'] as const)('takes %s bytes', async format => {
    const response = await classify.bytes(await red(format), { 'Content-Type': `image/${format}` })
    expect(await response.json()).toMatchObject([{ label: 'red' }, { label: 'green' }, { label: 'blue' }])
  })

  it('takes base64, and parameters in the body or the query', async () => {
    expect((await classify.json(await red(), { parameters: { top_k: 1 } })).body).toEqual([best])
    const response = await classify.bytes(
      await red(),
      { 'Content-Type': 'application/octet-stream' },
      '?top_k=1',
    )
    expect(await response.json()).toEqual([best])
  })

  it.each([
    ['http://127.0.0.1/secret.png', 'must be the image itself'],
    ['/etc/passwd', 'must be the image itself'],
    ['aGVsbG8=', 'cannot be read'],
  ])('never fetches or opens what a string names: %s', async (inputs, message) => {
    expect(await classify.raw({ inputs })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(message) },
    })
  })

  it('refuses audio', async () => {
    const response = await classify.bytes(await red(), { 'Content-Type': 'audio/wav' })
    expect(response.status).toBe(400)
  })
})

describe('zero-shot-image-classification', () => {
  const classify = serving('zero-shot-image-classification', colourMatcher())

  it('ranks candidate labels', async () => {
    const { body } = await classify.json(await red(), { parameters: { candidate_labels: ['blue', 'red'] } })
    expect(body).toMatchObject([{ label: 'red' }, { label: 'blue' }])
  })
})

describe('object-detection', () => {
  const detect = serving('object-detection', colourDetector())

  it('gives boxes in pixels', async () => {
    expect((await detect.json(await red())).body).toEqual([
      { score: expect.any(Number), label: 'red', box: { xmin: 4, ymin: 4, xmax: 12, ymax: 12 } },
    ])
  })
})

describe('zero-shot-object-detection', () => {
  const detect = serving('zero-shot-object-detection', wordDetector())

  it('gives boxes for candidate labels', async () => {
    const { body } = await detect.json(await red(), { parameters: { candidate_labels: ['green', 'red'] } })
    expect(body).toMatchObject([{ label: 'red', box: { xmin: 4, ymin: 4, xmax: 12, ymax: 12 } }])
  })
})

describe('image-segmentation', () => {
  const segment = serving('image-segmentation', colourSegmenter())

  it('gives a mask as PNG for each thing', async () => {
    const { body } = await segment.json(await twoColours())
    const segments = body as { label: string; score: null; mask: string }[]
    expect(segments.map(({ label }) => label)).toEqual(['red', 'blue'])
    const mask = await sharp(Buffer.from(segments[0]?.mask ?? '', 'base64'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(mask.info).toMatchObject({ width: 16, height: 16 })
    expect([mask.data[0], mask.data[(16 - 1) * mask.info.channels]]).toEqual([255, 0])
  })

  it('says when the model cannot do a subtask', async () => {
    const { status, body } = await segment.json(await red(), { parameters: { subtask: 'panoptic' } })
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: 'This model does not do panoptic segmentation.' },
    })
  })
})

describe('background-removal', () => {
  const remove = serving('background-removal', redKeeper())

  it('gives PNG bytes to who accepts them, base64 otherwise', async () => {
    const response = await remove.bytes(await twoColours(), {
      'Content-Type': 'image/png',
      Accept: 'image/png',
    })
    expect(response.headers.get('content-type')).toBe('image/png')
    const { data, info } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info.channels).toBe(4)
    expect([data[3], data[15 * 4 + 3]]).toEqual([255, 0])
    const { body } = await remove.json(await twoColours())
    expect((await sharp(Buffer.from(String(body), 'base64')).metadata()).format).toBe('png')
  })
})

describe('depth-estimation', () => {
  const estimate = serving('depth-estimation', brightnessDepth())

  it('gives numbers and a picture', async () => {
    const picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'black' } })
      .composite([
        { input: { create: { width: 2, height: 4, channels: 3, background: 'white' } }, left: 0, top: 0 },
      ])
      .png()
      .toBuffer()
    const { body } = await estimate.json(picture)
    const { predicted_depth: depth, depth: png } = body as { predicted_depth: number[][]; depth: string }
    expect(depth.map(row => row.length)).toEqual([4, 4, 4, 4])
    expect(depth[0]?.[0]).toBeGreaterThan(depth[0]?.[3] ?? 1)
    expect((await sharp(Buffer.from(png, 'base64')).metadata()).width).toBe(4)
  })
})

describe('image-to-image', () => {
  const transform = serving('image-to-image', mirror())

  it('gives an image', async () => {
    const response = await transform.bytes(await red(), { 'Content-Type': 'image/png', Accept: 'image/png' })
    const { data } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).toEqual([255, 0, 0])
  })
})

describe('image-feature-extraction', () => {
  const extract = serving('image-feature-extraction', colourFeatures())

  it('gives vectors, or the pooled one', async () => {
    const { body } = await extract.json(await red())
    expect((body as number[][][])[0]).toHaveLength(64)
    expect((body as number[][][])[0]?.[0]).toEqual([expect.closeTo(1), 0, 0])
    expect((await extract.json(await red(), { parameters: { pool: true } })).body).toEqual([
      [expect.closeTo(1), 0, 0],
    ])
  })
})

describe('image-to-text', () => {
  const describeImage = serving('image-to-text', imageCaptioner())

  it('describes an image', async () => {
    expect((await describeImage.json(await red())).body).toEqual([{ generated_text: 'a red boat' }])
  })
})

describe('document-question-answering', () => {
  const read = serving('document-question-answering', documentReader())

  it('answers a question about an image', async () => {
    const image = (await red()).toString('base64')
    expect((await read.raw({ inputs: { image, question: 'How many?' } })).body).toEqual([{ answer: '42' }])
    expect(await read.raw({ inputs: { image } })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('question') },
    })
  })
})

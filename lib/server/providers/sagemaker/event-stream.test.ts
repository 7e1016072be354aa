import { expect, test } from 'vitest'
import { eventMessage } from '@/lib/testing/aws/response-stream'
import { EventStreamReader, StreamFailure } from './event-stream'

const part = (text: string) =>
  eventMessage({ ':message-type': 'event', ':event-type': 'PayloadPart' }, Buffer.from(text))

test('what the model wrote comes out, however the bytes are cut', async () => {
  const sent = Buffer.concat(['data: one\n\n', 'data: grüße\n\n', ''].map(part))
  for (const size of [1, 7, 64, sent.length]) {
    const reader = await EventStreamReader.open()
    const read: Buffer[] = []
    for (let at = 0; at < sent.length; at += size) read.push(...reader.read(sent.subarray(at, at + size)))
    expect(Buffer.concat(read).toString()).toBe('data: one\n\ndata: grüße\n\n')
    expect(reader.isCut).toBe(false)
  }
})

test('an error within the stream is one, by its name', async () => {
  const reader = await EventStreamReader.open()
  const headers = { ':message-type': 'exception', ':exception-type': 'ModelStreamError' }
  expect(() => reader.read(eventMessage(headers, Buffer.from('{}')))).toThrow(
    new StreamFailure('ModelStreamError'),
  )
})

test('a stream that ends within a message, or is changed on the way, is told', async () => {
  const cut = await EventStreamReader.open()
  expect(cut.read(part('whole').subarray(0, -3))).toEqual([])
  expect(cut.isCut).toBe(true)
  const changed = part('whole')
  changed[changed.length - 6] = 0
  const reader = await EventStreamReader.open()
  expect(() => reader.read(changed)).toThrow()
  expect(() => reader.read(Buffer.from('HTTP is no event stream'))).toThrow()
})

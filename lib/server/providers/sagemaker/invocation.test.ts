import { expect, test } from 'vitest'
import { invocationOf, wantsStream } from './invocation'

const account = {
  region: 'us-east-1',
  keys: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret of nobody' },
}
const url = 'https://runtime.sagemaker.us-east-1.amazonaws.com/endpoints/slipway-x/invocations'

test('a stream is wanted where the body says so, and not where it only talks of it', () => {
  expect(wantsStream(Buffer.from('{"inputs":"x","stream": true}'))).toBe(true)
  expect(wantsStream(Buffer.from('{"stream":false}'))).toBe(false)
  expect(wantsStream(Buffer.from('{"inputs":"say \\"stream\\": true"}'))).toBe(false)
  expect(wantsStream(Buffer.from('\x89PNG "stream": true'))).toBe(false)
})

test('only what is the container’s goes there', async () => {
  const received = new Map([
    ['content-type', 'image/png'],
    ['accept', 'text/plain'],
    ['x-amzn-sagemaker-target-variant', 'another'],
    ['x-forwarded-for', '10.0.0.1'],
  ])
  const plain = await invocationOf({ account, url }, received, Buffer.from('png'))
  expect(plain).toMatchObject({ path: '/endpoints/slipway-x/invocations', isStreamed: false })
  expect(plain.headers).toMatchObject({
    'content-type': 'image/png',
    accept: 'text/plain',
  })
  expect(Object.keys(plain.headers)).not.toContain('x-amzn-sagemaker-target-variant')
  expect(Object.keys(plain.headers)).not.toContain('x-forwarded-for')

  const streamed = await invocationOf({ account, url }, received, Buffer.from('{"stream":true}'))
  expect(streamed).toMatchObject({
    path: '/endpoints/slipway-x/invocations-response-stream',
    isStreamed: true,
    headers: { 'x-amzn-sagemaker-accept': 'text/plain' },
  })
})

test('an inference component is named in a signed header', async () => {
  const { headers } = await invocationOf(
    { account, url, component: 'slipway-x-r2' },
    new Map(),
    Buffer.from('{}'),
  )
  const named = 'x-amzn-sagemaker-inference-component'
  expect(headers[named]).toBe('slipway-x-r2')
  expect(headers.authorization).toContain(named)
})

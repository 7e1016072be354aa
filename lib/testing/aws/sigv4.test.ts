import { expect, test } from 'vitest'
import { readSignature } from './sigv4'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const SCOPE = 'Credential=AKIDEXAMPLE/20150830/us-east-1'

/** From AWS's own Signature Version 4 test suite and its documentation; each key signs as `AKIDEXAMPLE`. */
test.each([
  [
    'get-vanilla',
    'GET',
    '/',
    { host: 'example.amazonaws.com' },
    'service',
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  ],
  [
    'get-vanilla-query-order-key-case',
    'GET',
    '/?Param2=value2&Param1=value1',
    { host: 'example.amazonaws.com' },
    'service',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'ListUsers of the documentation',
    'GET',
    '/?Action=ListUsers&Version=2010-05-08',
    { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', host: 'iam.amazonaws.com' },
    'iam',
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  ],
])('%s has the published signature', (_, method, url, own, service, signature) => {
  const headers = { ...own, 'x-amz-date': '20150830T123600Z' }
  const names = Object.keys(headers).toSorted().join(';')
  const authorization = `AWS4-HMAC-SHA256 ${SCOPE}/${service}/aws4_request, SignedHeaders=${names}, Signature=${signature}`
  const request = { method, url, headers: { ...headers, authorization }, body: Buffer.alloc(0) }
  expect(readSignature(request, () => SECRET)).toMatchObject({ service, signature, expected: signature })
})

import { createHash, createHmac } from 'node:crypto'

/** A request as it came over the wire; header names in lower case. */
export type SignedRequest = {
  method: string
  /** Path and query, as sent. */
  url: string
  headers: Readonly<Record<string, string | undefined>>
  body: Buffer
}

export type Signed = {
  accessKeyId: string
  region: string
  service: string
  signature: string
  expected: string
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/**
 * What a request claims to be signed as, and the signature it ought to have: from AWS's own description (Signature
 * Version 4, "Create a signed AWS API request"), independent of the SDK that signs. Null where it is not signed.
 */
export function readSignature(
  request: SignedRequest,
  secretOf: (accessKeyId: string) => string,
): Signed | null {
  const claim = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!claim) return null
  const [, accessKeyId = '', day = '', region = '', service = '', names = '', signature = ''] = claim
  const signed = names.split(';')
  const canonical = canonicalRequest(request, signed, service)
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'] ?? '', scope, sha256(canonical)].join('\n')
  const key = [region, service, 'aws4_request'].reduce<Buffer>(
    hmac,
    hmac(`AWS4${secretOf(accessKeyId)}`, day),
  )
  return { accessKeyId, region, service, signature, expected: hmac(key, text).toString('hex') }
}

function canonicalRequest(
  { method, url, headers, body }: SignedRequest,
  names: string[],
  service: string,
): string {
  const [path = '/', query = ''] = url.split(/\?(.*)/s)
  // Every service but S3 signs the path encoded once more than it is sent.
  const canonicalPath = service === 's3' ? path : path.split('/').map(encode).join('/')
  const canonicalHeaders = names.map(name => `${name}:${trim(headers[name] ?? '')}\n`).join('')
  return [method, canonicalPath, canonicalQuery(query), canonicalHeaders, names.join(';'), sha256(body)].join(
    '\n',
  )
}

const trim = (value: string): string => value.trim().replace(/ +/g, ' ')

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const [name = '', value = ''] = part.split(/=(.*)/s)
      return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const
    })
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(pair => pair.join('='))
    .join('&')

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

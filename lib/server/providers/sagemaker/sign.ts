import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import type { AwsAccount } from './account'
import { credentialsOf } from './credentials'

export type Unsigned = {
  method: string
  /** The whole address. */
  url: string
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** What the vendor's signer hashes with. */
class Sha256 {
  #hash: Hash | Hmac
  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = this.#fresh()
  }
  #fresh = () =>
    this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.secret))
  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk))
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest())
  }
  reset(): void {
    this.#hash = this.#fresh()
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Buffer => {
  if (typeof data === 'string') return Buffer.from(data)
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return Buffer.from(data)
}

/** The headers with which SageMaker's runtime takes a call, of the whole body: signed by the vendor's own signer. */
export async function signedHeaders(
  { region, keys }: Pick<AwsAccount, 'region' | 'keys'>,
  { method, url, headers, body }: Unsigned,
): Promise<Record<string, string>> {
  const { SignatureV4 } = await import('@smithy/signature-v4')
  const signer = new SignatureV4({
    service: 'sagemaker',
    region,
    sha256: Sha256,
    credentials: await credentialsOf(keys),
  })
  const { protocol, hostname, host, port, pathname, searchParams } = new URL(url)
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    ...(port === '' ? {} : { port: Number(port) }),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    body,
  })
  return signed.headers
}

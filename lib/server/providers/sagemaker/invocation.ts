import type { AwsAccount } from './account'
import { signedHeaders } from './sign'

/** What the gateway knows of an account: enough to call its endpoints. */
export type InvokingAccount = Pick<AwsAccount, 'region' | 'keys'>

const STREAMED = '-response-stream'
/** Of the caller's headers SageMaker hands these to the container; nothing else goes there. */
const TYPE = 'content-type'
const ACCEPT = 'accept'
const COMPONENT = 'x-amzn-sagemaker-inference-component'
const ATTRIBUTES = 'x-amzn-sagemaker-custom-attributes'

/** Whether the answer is wanted piece by piece, as OpenAI's and TGI's requests say it. */
export function wantsStream(body: Buffer): boolean {
  if (!body.includes('"stream"')) return false
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && 'stream' in parsed && parsed.stream === true
  } catch {
    return false
  }
}

/** `url` is `…/endpoints/{name}/invocations`; an endpoint of inference components needs one of them named. */
type Invoked = { account: InvokingAccount; url: string; component?: string | undefined }

/**
 * One call of an endpoint as SageMaker's runtime takes it. There is one route whatever the caller asked for: the
 * container tells by the body.
 */
export async function invocationOf(
  { account, url, component }: Invoked,
  received: ReadonlyMap<string, string>,
  body: Buffer,
): Promise<{ path: string; headers: Record<string, string>; isStreamed: boolean }> {
  const isStreamed = wantsStream(body)
  const target = isStreamed ? `${url}${STREAMED}` : url
  const accept = received.get(ACCEPT)
  const attributes = received.get(ATTRIBUTES)
  const headers = {
    [TYPE]: received.get(TYPE) ?? 'application/json',
    ...(accept === undefined ? {} : { [isStreamed ? 'x-amzn-sagemaker-accept' : ACCEPT]: accept }),
    ...(attributes === undefined ? {} : { [ATTRIBUTES]: attributes }),
    ...(component === undefined ? {} : { [COMPONENT]: component }),
    'content-length': String(body.length),
  }
  const signed = await signedHeaders(account, { method: 'POST', url: target, headers, body })
  return { path: new URL(target).pathname, headers: signed, isStreamed }
}

import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling'
import type { CloudWatch } from '@aws-sdk/client-cloudwatch'
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import type { Pricing } from '@aws-sdk/client-pricing'
import type { SageMaker } from '@aws-sdk/client-sagemaker'
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas'
import type { STS } from '@aws-sdk/client-sts'
import { urlProblem } from '@/lib/server/outbound/address-rule'
import { guardedLookup, PrivateAddress } from '@/lib/server/outbound/guarded-lookup'
import type { CallLine } from '../call-line'
import type { AwsAccount } from './account'
import { credentialsOf } from './credentials'
import { logCalls } from './log-calls'

export type AwsOptions = { log?: (line: CallLine) => void; timeoutMs?: number; tries?: number }

/** The price list is a world of its own and answers in few regions. */
const PRICING_REGION = 'us-east-1'

/**
 * The vendor's own clients for one account, each loaded when it is first needed: together they are megabytes of
 * code that a portal without such a connection never touches.
 */
export class AwsClients {
  readonly #options: Required<AwsOptions>

  constructor(
    readonly account: AwsAccount,
    { log = () => {}, timeoutMs = 15_000, tries = 4 }: AwsOptions = {},
  ) {
    this.#options = { log, timeoutMs, tries }
  }

  readonly sagemaker = once(async (): Promise<SageMaker> => {
    const { SageMaker } = await import('@aws-sdk/client-sagemaker')
    const client = new SageMaker(await this.#config())
    logCalls(client, 'sagemaker', this.#options.log)
    return client
  })

  readonly logs = once(async (): Promise<CloudWatchLogs> => {
    const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs')
    const client = new CloudWatchLogs(await this.#config())
    logCalls(client, 'logs', this.#options.log)
    return client
  })

  readonly cloudwatch = once(async (): Promise<CloudWatch> => {
    const { CloudWatch } = await import('@aws-sdk/client-cloudwatch')
    const client = new CloudWatch(await this.#config())
    logCalls(client, 'cloudwatch', this.#options.log)
    return client
  })

  readonly scaling = once(async (): Promise<ApplicationAutoScaling> => {
    const { ApplicationAutoScaling } = await import('@aws-sdk/client-application-auto-scaling')
    const client = new ApplicationAutoScaling(await this.#config())
    logCalls(client, 'application-autoscaling', this.#options.log)
    return client
  })

  readonly pricing = once(async (): Promise<Pricing> => {
    const { Pricing } = await import('@aws-sdk/client-pricing')
    const client = new Pricing(await this.#config(PRICING_REGION))
    logCalls(client, 'pricing', this.#options.log)
    return client
  })

  readonly quotas = once(async (): Promise<ServiceQuotas> => {
    const { ServiceQuotas } = await import('@aws-sdk/client-service-quotas')
    const client = new ServiceQuotas(await this.#config())
    logCalls(client, 'servicequotas', this.#options.log)
    return client
  })

  readonly sts = once(async (): Promise<STS> => {
    const { STS } = await import('@aws-sdk/client-sts')
    const client = new STS(await this.#config())
    logCalls(client, 'sts', this.#options.log)
    return client
  })

  async #config(region = this.account.region) {
    const { NodeHttpHandler } = await import('@smithy/node-http-handler')
    const { keys, baseUrl, allowedHosts } = this.account
    const problem = baseUrl === null ? null : urlProblem(baseUrl, allowedHosts)
    if (problem) throw new PrivateAddress(problem)
    const agent = { keepAlive: true, maxSockets: 20, lookup: guardedLookup(allowedHosts) }
    return {
      region,
      ...(baseUrl === null ? {} : { endpoint: baseUrl }),
      // The SDK asks again before they end.
      credentials: () => credentialsOf(keys),
      maxAttempts: this.#options.tries,
      requestHandler: new NodeHttpHandler({
        connectionTimeout: 5_000,
        requestTimeout: this.#options.timeoutMs,
        throwOnRequestTimeout: true,
        httpAgent: new HttpAgent(agent),
        httpsAgent: new HttpsAgent(agent),
      }),
    }
  }
}

/** A failure is not kept: the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make().catch(error => {
      made = null
      throw error
    })
    return made
  }
}

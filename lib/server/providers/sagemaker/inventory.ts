import type { DescribeEndpointCommandOutput, EndpointSummary } from '@aws-sdk/client-sagemaker'
import { AWS_PREFIX } from '@/lib/domain/connections/aws-policy'
import { type NamedRef, ProviderError } from '../port'
import type { AwsClients } from './clients'
import { endpointNameOf, isRevisionOf, ownNameOf, revisionOfName } from './naming'
import { AwsRefusal, refusalOf } from './refusal'
import { type AwsTag, endpointIdOf, hasPortal, isOurs, revisionOf, takenRevision } from './tags'

export type SeenEndpoint = DescribeEndpointCommandOutput & { tags: readonly AwsTag[] }

/** Which revision it runs; null where a configuration is not ours, nor the one that was taken over. */
export const currentRevision = ({ EndpointConfigName: name = '', tags }: SeenEndpoint): number | null =>
  revisionOfName(name) ?? takenRevision(tags, name)

/**
 * The answer of an update was lost, and with it the tags that follow it: they are behind what runs. After an update
 * that SageMaker took back they are ahead of it.
 */
export function isTaggedLate(seen: SeenEndpoint): boolean {
  const [tagged, current] = [revisionOf(seen.tags), currentRevision(seen)]
  return tagged !== null && current !== null && tagged < current
}

type Named = { name: string; arn: string; tags: readonly AwsTag[] }
type Found = { name: string | undefined; arn: string | undefined }

/** What is there, found by name and proved to be ours by tags. */
export class Inventory {
  constructor(private readonly clients: AwsClients) {}

  /** Every call goes through here. @throws ProviderError; `AwsRefusal` for an answer. */
  async ask<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (error) {
      const { baseUrl, region } = this.clients.account
      throw refusalOf(error, baseUrl === null ? `AWS in ${region}` : new URL(baseUrl).host)
    }
  }

  /** Like `ask`; null for refusals that mean that all is well. */
  async askUnless<T>(isFine: (refusal: AwsRefusal) => boolean, call: () => Promise<T>): Promise<T | null> {
    try {
      return await this.ask(call)
    } catch (error) {
      if (error instanceof AwsRefusal && isFine(error)) return null
      throw error
    }
  }

  /** Somebody else's of the same name is an error, never touched. */
  async endpoint(ref: NamedRef): Promise<SeenEndpoint | null> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const EndpointName = endpointNameOf(ref)
    const seen = await this.askUnless(isMissing, () => sagemaker.describeEndpoint({ EndpointName }))
    if (!seen?.EndpointArn) return null
    const tags = await this.tagsOf(seen.EndpointArn)
    // It went between the two questions.
    if (!tags) return null
    if (this.#isOf(ref, tags)) return { ...seen, tags }
    // It was adopted as nobody's, and is looked at, or about to be tagged.
    if (ref.adopted && !hasPortal(tags)) return { ...seen, tags }
    throw new ProviderError(
      'invalid_spec',
      `The account has an endpoint ${EndpointName} that Slipway did not make, or that has lost its slipway tags. It is left alone; delete it in the SageMaker console.`,
    )
  }

  /** Newest first. */
  async configurations(ref: NamedRef): Promise<Named[]> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const { EndpointConfigs = [] } = await this.ask(() =>
      sagemaker.listEndpointConfigs({ NameContains: ownNameOf(ref), MaxResults: 100 }),
    )
    const named = EndpointConfigs.map(found => ({
      name: found.EndpointConfigName,
      arn: found.EndpointConfigArn,
    }))
    return await this.#revisions(ref, named)
  }

  async models(ref: NamedRef): Promise<Named[]> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const { Models = [] } = await this.ask(() =>
      sagemaker.listModels({ NameContains: ownNameOf(ref), MaxResults: 100 }),
    )
    return await this.#revisions(
      ref,
      Models.map(found => ({ name: found.ModelName, arn: found.ModelArn })),
    )
  }

  /** Newest first. */
  async components(ref: NamedRef): Promise<Named[]> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const { InferenceComponents = [] } = await this.ask(() =>
      sagemaker.listInferenceComponents({ NameContains: ownNameOf(ref), MaxResults: 100 }),
    )
    return await this.#revisions(
      ref,
      InferenceComponents.map(found => ({
        name: found.InferenceComponentName,
        arn: found.InferenceComponentArn,
      })),
    )
  }

  /**
   * Every endpoint of this portal that was made here: what costs. Adopted ones are called otherwise, and nobody stops
   * them for want of a row.
   */
  async ours(): Promise<{ name: string; endpointId: string; status: string; tags: readonly AwsTag[] }[]> {
    const found: Awaited<ReturnType<Inventory['ours']>> = []
    for (const { EndpointName: name, EndpointArn: arn, EndpointStatus: status } of await this.list(
      AWS_PREFIX,
    )) {
      if (!name?.startsWith(AWS_PREFIX) || !arn) continue
      const tags = (await this.tagsOf(arn)) ?? []
      const endpointId = isOurs(tags, this.clients.account.portalId) ? endpointIdOf(tags) : null
      if (endpointId !== null) found.push({ name, endpointId, status: status ?? '', tags })
    }
    return found
  }

  /** Every page of the account's endpoints, whoever made them. */
  async list(NameContains?: string): Promise<EndpointSummary[]> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const found: EndpointSummary[] = []
    let NextToken: string | undefined
    do {
      const input = { MaxResults: 100, ...(NameContains ? { NameContains } : {}) }
      const page = await this.ask(() =>
        sagemaker.listEndpoints({ ...input, ...(NextToken ? { NextToken } : {}) }),
      )
      found.push(...(page.Endpoints ?? []))
      NextToken = page.NextToken
    } while (NextToken)
    return found
  }

  async #revisions(ref: NamedRef, found: Found[]): Promise<Named[]> {
    const ours: Named[] = []
    for (const { name, arn } of found) {
      if (!name || !arn || !isRevisionOf(ref, name)) continue
      const tags = (await this.tagsOf(arn)) ?? []
      if (this.#isOf(ref, tags)) ours.push({ name, arn, tags })
    }
    return ours.toSorted((a, b) => (revisionOfName(b.name) ?? 0) - (revisionOfName(a.name) ?? 0))
  }

  #isOf = (ref: NamedRef, tags: readonly AwsTag[]): boolean =>
    isOurs(tags, this.clients.account.portalId) && endpointIdOf(tags) === ref.endpointId

  /** Null of what is not there. */
  async tagsOf(ResourceArn: string): Promise<readonly AwsTag[] | null> {
    const sagemaker = await this.ask(this.clients.sagemaker)
    const found = await this.askUnless(isMissing, () => sagemaker.listTags({ ResourceArn }))
    return found && (found.Tags ?? [])
  }
}

export const isMissing = ({ code }: AwsRefusal): boolean => code === 'not_found'

import { isDeepStrictEqual } from 'node:util'
import type {
  DescribeEndpointConfigOutput,
  ProductionVariant,
  ProductionVariantInstanceType,
  VpcConfig,
} from '@aws-sdk/client-sagemaker'
import type { EndpointSpec, Scaling } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { NamedRef, Wish } from '../port'
import type { AwsClients } from './clients'
import { containerOf } from './container'
import { awsNameOf } from './hardware'
import { type Inventory, isMissing, type SeenEndpoint } from './inventory'
import { componentLogGroupOf, revisionNameOf, revisionOfName, variantOf } from './naming'
import type { AwsRefusal } from './refusal'
import { replicasText, restsAtZero, startCount } from './scaling'
import { tagsOf } from './tags'
import { howItStarts, machineOf } from './variant'

/** A model and a configuration per revision, under one name. */
export class Revisions {
  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {}

  /** Names carry the revision, and a revision never changes: what is there already is right. */
  async ensure(wish: Wish, type: InstanceType, there: SeenEndpoint | null): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const name = revisionNameOf(wish, wish.revision)
    const Tags = this.tagsOf(wish)
    const PrimaryContainer = containerOf(wish.spec, wish.secrets, type)
    const ExecutionRoleArn = this.clients.account.roleArn
    const { scaling } = wish.spec.hardware
    const isEmpty = scaling.minReplicas === 0
    await this.inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createModel({
        ModelName: name,
        ExecutionRoleArn,
        PrimaryContainer,
        Tags,
        ...(isEmpty ? {} : vpcOf(wish.spec)),
      }),
    )
    const variant = {
      VariantName: variantOf(wish.revision),
      InstanceType: awsNameOf(type) as ProductionVariantInstanceType,
    }
    const made = isEmpty
      ? {
          ProductionVariants: [{ ...emptyVariant(variant, scaling), ...machineOf(wish.spec, type) }],
          ExecutionRoleArn,
          ...vpcOf(wish.spec),
        }
      : {
          ProductionVariants: [
            {
              ...variant,
              ...howItStarts(wish.spec, type),
              ModelName: name,
              InitialInstanceCount: startCount(scaling, there),
            },
          ],
        }
    await this.inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createEndpointConfig({ EndpointConfigName: name, ...made, Tags }),
    )
  }

  async delete(ref: NamedRef, isGone: (revision: number | null) => boolean): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    for (const { name } of await this.inventory.models(ref))
      if (isGone(revisionOfName(name)))
        await this.inventory.askUnless(isMissing, () => sagemaker.deleteModel({ ModelName: name }))
    for (const { name, tags } of await this.inventory.configurations(ref))
      if (isGone(revisionOfName(name))) {
        if (restsAtZero(tags)) await this.#deleteLogGroup(name)
        await this.inventory.askUnless(isMissing, () =>
          sagemaker.deleteEndpointConfig({ EndpointConfigName: name }),
        )
      }
  }

  /** Each component wrote to one of its own, which is known by its configuration alone. */
  async #deleteLogGroup(component: string): Promise<void> {
    const logs = await this.inventory.ask(this.clients.logs)
    const logGroupName = componentLogGroupOf(component)
    await this.inventory.askUnless(isMissing, () => logs.deleteLogGroup({ logGroupName }))
  }

  tagsOf = ({ teamSlug, endpointId, revision, spec }: Wish) =>
    tagsOf({
      portalId: this.clients.account.portalId,
      teamSlug,
      endpointId,
      revision,
      replicas: replicasText(spec.hardware.scaling),
    })
}

/** Where the container may connect to; who may call the endpoint is nothing of it. */
const vpcOf = ({ network }: EndpointSpec): { VpcConfig?: VpcConfig } =>
  network?.vpc
    ? { VpcConfig: { Subnets: network.vpc.subnets, SecurityGroupIds: network.vpc.securityGroups } }
    : {}

/**
 * For inference components, which bring the models: SageMaker itself starts and ends instances as these need them, twice
 * the most because a new revision starts beside the old one.
 */
const emptyVariant = (
  variant: Pick<ProductionVariant, 'VariantName' | 'InstanceType'>,
  scaling: Scaling,
) => ({
  ...variant,
  InitialInstanceCount: 1,
  ManagedInstanceScaling: {
    Status: 'ENABLED' as const,
    MinInstanceCount: 0,
    MaxInstanceCount: 2 * scaling.maxReplicas,
  },
  RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' as const },
})

/** Whether components of this spec can run on what an endpoint began with. */
export function isOfSameMake(
  { ProductionVariants, VpcConfig }: Pick<DescribeEndpointConfigOutput, 'ProductionVariants' | 'VpcConfig'>,
  spec: EndpointSpec,
  type: InstanceType,
): boolean {
  const { InstanceType, InferenceAmiVersion } = ProductionVariants?.[0] ?? {}
  const there = { InstanceType, InferenceAmiVersion, ...(VpcConfig ? { VpcConfig } : {}) }
  const { InferenceAmiVersion: wanted } = machineOf(spec, type)
  return isDeepStrictEqual(there, {
    InstanceType: awsNameOf(type),
    InferenceAmiVersion: wanted,
    ...vpcOf(spec),
  })
}

export const isAlreadyThere = ({ isAlreadyThere }: AwsRefusal): boolean => isAlreadyThere

import type { ProductionVariantInstanceType } from '@aws-sdk/client-sagemaker'
import type { EndpointSpec, Scaling } from '@/lib/domain/endpoint/spec'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { NamedRef, Wish } from '../port'
import type { AwsClients } from './clients'
import { containerOf } from './container'
import { awsNameOf } from './hardware'
import { type Inventory, isMissing, type SeenEndpoint } from './inventory'
import { revisionNameOf, revisionOfName, variantOf } from './naming'
import type { AwsRefusal } from './refusal'
import { replicasText } from './scaling'
import { tagsOf } from './tags'
import { howItStarts } from './variant'

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
    await this.inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createModel({
        ModelName: name,
        ExecutionRoleArn,
        PrimaryContainer,
        Tags,
        ...vpcOf(wish.spec),
      }),
    )
    const variant = {
      VariantName: variantOf(wish.revision),
      ModelName: name,
      InitialInstanceCount: startCount(wish.spec.hardware.scaling, there),
      InstanceType: awsNameOf(type) as ProductionVariantInstanceType,
      ...howItStarts(wish.spec, type),
    }
    await this.inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createEndpointConfig({ EndpointConfigName: name, ProductionVariants: [variant], Tags }),
    )
  }

  async delete(ref: NamedRef, isGone: (revision: number | null) => boolean): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    for (const { name } of await this.inventory.models(ref))
      if (isGone(revisionOfName(name)))
        await this.inventory.askUnless(isMissing, () => sagemaker.deleteModel({ ModelName: name }))
    for (const { name } of await this.inventory.configurations(ref))
      if (isGone(revisionOfName(name)))
        await this.inventory.askUnless(isMissing, () =>
          sagemaker.deleteEndpointConfig({ EndpointConfigName: name }),
        )
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
const vpcOf = ({ network }: EndpointSpec) =>
  network?.vpc
    ? { VpcConfig: { Subnets: network.vpc.subnets, SecurityGroupIds: network.vpc.securityGroups } }
    : {}

/** With as many as its load has brought about until now. */
export function startCount({ minReplicas, maxReplicas }: Scaling, there: SeenEndpoint | null): number {
  const now = there?.ProductionVariants?.[0]?.DesiredInstanceCount ?? 0
  return Math.min(maxReplicas, Math.max(minReplicas, now))
}

export const isAlreadyThere = ({ isAlreadyThere }: AwsRefusal): boolean => isAlreadyThere

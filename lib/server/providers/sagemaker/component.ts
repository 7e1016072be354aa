import type { DescribeInferenceComponentCommandOutput } from '@aws-sdk/client-sagemaker'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { NamedRef, Wish } from '../port'
import type { AwsClients } from './clients'
import { type Inventory, isMissing, type SeenEndpoint } from './inventory'
import { endpointNameOf, revisionNameOf, revisionOfName } from './naming'
import type { AwsRefusal } from './refusal'
import { isAlreadyThere } from './revisions'
import type { AwsTag, tagsOf } from './tags'
import { patienceOf } from './variant'

export type SeenComponent = DescribeInferenceComponentCommandOutput & {
  name: string
  revision: number
  tags: readonly AwsTag[]
}

/**
 * What a copy reserves of its instance's memory, which is what SageMaker asks at least: it is no limit, and of more
 * than a small part it says that no instance has it.
 */
const MEMORY_MB = 1_024

/**
 * A whole instance for each copy: all of its accelerators, or more than half of its cores. The rest is left to what
 * SageMaker itself runs there.
 */
export const requirementsOf = ({ gpu, cpus }: Pick<InstanceType, 'gpu' | 'cpus'>) => ({
  MinMemoryRequiredInMb: MEMORY_MB,
  ...(gpu
    ? { NumberOfAcceleratorDevicesRequired: gpu.count }
    : { NumberOfCpuCoresRequired: cpus / 2 + 0.25 }),
})

/** The inference components of an endpoint: one per revision, under its name. */
export class Components {
  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {}

  /** Newest first. */
  async of(ref: NamedRef): Promise<SeenComponent[]> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const found: SeenComponent[] = []
    for (const { name, tags } of await this.inventory.components(ref)) {
      const seen = await this.inventory.askUnless(isMissing, () =>
        sagemaker.describeInferenceComponent({ InferenceComponentName: name }),
      )
      const revision = revisionOfName(name)
      if (seen && revision !== null) found.push({ ...seen, name, revision, tags })
    }
    return found
  }

  /** The name carries the revision: what is there already is right. */
  async create(
    wish: Wish,
    { there, type, copies }: { there: SeenEndpoint; type: InstanceType; copies: number },
    Tags: ReturnType<typeof tagsOf>,
  ): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const name = revisionNameOf(wish, wish.revision)
    const StartupParameters = patienceOf(wish.spec)
    const VariantName = there.ProductionVariants?.[0]?.VariantName
    await this.inventory.askUnless(isAlreadyThere, () =>
      sagemaker.createInferenceComponent({
        InferenceComponentName: name,
        EndpointName: endpointNameOf(wish),
        ...(VariantName ? { VariantName } : {}),
        Specification: {
          ModelName: name,
          ComputeResourceRequirements: requirementsOf(type),
          ...(StartupParameters ? { StartupParameters } : {}),
        },
        RuntimeConfig: { CopyCount: copies },
        Tags,
      }),
    )
  }

  /** While its number of copies changes SageMaker refuses: the next look asks again. */
  async rest({ name }: SeenComponent): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const DesiredRuntimeConfig = { CopyCount: 0 }
    await this.inventory.askUnless(isMissingOrBusy, () =>
      sagemaker.updateInferenceComponentRuntimeConfig({ InferenceComponentName: name, DesiredRuntimeConfig }),
    )
  }

  /** While it is being made or changed SageMaker refuses: the next look asks again. */
  async delete({ name, InferenceComponentStatus: status }: SeenComponent): Promise<void> {
    if (status === 'Deleting') return
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    await this.inventory.askUnless(isMissingOrBusy, () =>
      sagemaker.deleteInferenceComponent({ InferenceComponentName: name }),
    )
  }
}

export const isMissingOrBusy = (refusal: AwsRefusal): boolean => isMissing(refusal) || refusal.isBusy

import type { EndpointSighting } from '@/lib/domain/endpoint/self-rollout-types'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { NamedRef, Wish } from '../port'
import type { AwsClients } from './clients'
import { Components, type SeenComponent } from './component'
import { ComponentScaling } from './component-scaling'
import { componentSightingOf, servingOf } from './component-sighting'
import type { Inventory, SeenEndpoint } from './inventory'
import { revisionOfName } from './naming'
import { isOfSameMake, type Revisions } from './revisions'
import { sightingOf } from './sighting'
import { revisionOf } from './tags'

/** In these no component of it answers. */
const EMPTY = ['Creating', 'Failed', 'OutOfService', 'Deleting']

/**
 * Endpoints that scale to zero: SageMaker has that for inference components only. The endpoint is on a configuration
 * without a model and says what instances there are; a component on it is one revision.
 */
export class ComponentEndpoints {
  readonly #components: Components
  readonly #scaling: ComponentScaling

  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
    private readonly revisions: Revisions,
  ) {
    this.#components = new Components(clients, inventory)
    this.#scaling = new ComponentScaling(clients, inventory)
  }

  async observe(ref: NamedRef, there: SeenEndpoint): Promise<EndpointSighting> {
    const { account } = this.clients
    if (EMPTY.includes(there.EndpointStatus ?? '')) {
      const seen = sightingOf(ref.endpointId, there, account)
      // Of nothing a model could be in yet, there is no revision to speak of.
      return there.EndpointStatus === 'Creating' ? { ...seen, revision: null } : seen
    }
    const components = await this.#components.of(ref)
    const seen = componentSightingOf(ref.endpointId, there, components, account)
    const [newest, ...older] = components
    if (newest?.InferenceComponentStatus !== 'InService') return seen
    const { isIncomplete, setup } = await this.#scaling.look(newest)
    const isLate = revisionOf(there.tags) !== newest.revision
    return { ...seen, ...(setup ? { setup } : {}), isIncomplete: isIncomplete || isLate || older.length > 0 }
  }

  /** The endpoint is in service. False where it has to be made anew, which the next looks do. */
  async applyPresent(wish: Wish, there: SeenEndpoint, type: InstanceType): Promise<boolean> {
    const components = await this.#components.of(wish)
    const current = components.find(({ revision }) => revision === wish.revision)
    if (!current) return await this.#begin(wish, there, components, type)
    if (revisionOf(there.tags) !== wish.revision) await this.#tag(wish, there)
    if (current.InferenceComponentStatus !== 'InService') return true
    const older = components.filter(each => each !== current)
    const { isIncomplete } = await this.#scaling.look(current)
    // Calls have moved on to this one by the time that it is scaled: only then the old one goes.
    if (isIncomplete || wish.isAnew) await this.#scaling.set(current, this.revisions.tagsOf(wish))
    else for (const each of older) await this.#delete(each)
    return true
  }

  /** From now on a call wakes it. */
  async rest(wish: Wish): Promise<void> {
    const serving = servingOf(await this.#components.of(wish))
    if (serving) await this.#components.rest(serving)
  }

  /** True once none is left; only then the endpoint may go, which would leave them behind. */
  async deleteAll(ref: NamedRef): Promise<boolean> {
    const components = await this.#components.of(ref)
    for (const each of components) await this.#delete(each)
    return components.length === 0
  }

  /** Of an endpoint that is gone. */
  async areLeft(ref: NamedRef): Promise<boolean> {
    return (await this.inventory.components(ref)).length > 0
  }

  /** Beside the one that serves, which stays until the new one does. What failed, or was overtaken, goes first. */
  async #begin(
    wish: Wish,
    there: SeenEndpoint,
    components: readonly SeenComponent[],
    type: InstanceType,
  ): Promise<boolean> {
    if (!(await this.#suits(wish, there, type))) return false
    const serving = servingOf(components)
    for (const each of components) if (each !== serving) await this.#delete(each)
    const kept = [
      wish.revision,
      revisionOfName(there.EndpointConfigName),
      ...components.map(of => of.revision),
    ]
    await this.revisions.delete(wish, revision => !kept.includes(revision))
    await this.revisions.ensure(wish, type, there)
    const { maxReplicas } = wish.spec.hardware.scaling
    const now = serving?.RuntimeConfig?.DesiredCopyCount ?? 0
    // At least one, also of an endpoint at rest: otherwise nobody would know whether it starts.
    const copies = Math.min(maxReplicas, Math.max(1, now))
    await this.#components.create(wish, { there, type, copies }, this.revisions.tagsOf(wish))
    await this.#tag(wish, there)
    return true
  }

  /** The instances of an endpoint are those of the configuration it began with. */
  async #suits(wish: Wish, { EndpointConfigName }: SeenEndpoint, type: InstanceType): Promise<boolean> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const seen = await this.inventory.ask(() => sagemaker.describeEndpointConfig({ EndpointConfigName }))
    return isOfSameMake(seen, wish.spec, type)
  }

  async #delete(component: SeenComponent): Promise<void> {
    await this.#scaling.stop(component)
    await this.#components.delete(component)
  }

  async #tag(wish: Wish, { EndpointArn: ResourceArn }: SeenEndpoint): Promise<void> {
    const sagemaker = await this.inventory.ask(this.clients.sagemaker)
    const Tags = this.revisions.tagsOf(wish)
    await this.inventory.ask(() => sagemaker.addTags({ ResourceArn, Tags }))
  }
}

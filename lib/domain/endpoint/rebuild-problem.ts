import type { EndpointSpec } from './spec'

type Rebuilt = Pick<EndpointSpec, 'hardware' | 'network' | 'advanced'>

/** What an endpoint cannot become while there is one, and what to do. */
export type RebuildProblem = { field: string; message: string }

/**
 * SageMaker makes an endpoint that scales to zero otherwise than one that does not, and its hardware stays that of its
 * beginning. While it is paused there is none, so that anything goes.
 */
export function rebuildProblem(before: Rebuilt, after: Rebuilt): RebuildProblem | null {
  if (before.hardware.provider !== 'sagemaker') return null
  const [was, willBe] = [before, after].map(({ hardware }) => hardware.scaling.minReplicas === 0)
  if (was !== willBe)
    return {
      field: 'hardware.scaling.minReplicas',
      message: `SageMaker makes endpoints that scale to zero otherwise than those that do not. Pause it, ${willBe ? 'let it scale to zero' : 'set the minimum'}, and resume it.`,
    }
  if (!was) return null
  if (before.hardware.instanceType !== after.hardware.instanceType)
    return { field: 'hardware.instanceType', message: keeps('its hardware') }
  if (before.advanced.engine.kind !== after.advanced.engine.kind)
    return { field: 'advanced.engine', message: keeps('its kind of engine') }
  if (JSON.stringify(before.network?.vpc) !== JSON.stringify(after.network?.vpc))
    return { field: 'network.vpc', message: keeps('its subnets') }
  return null
}

const keeps = (what: string) =>
  `An endpoint that scales to zero at SageMaker keeps ${what} while it is there. Pause it, change this, and resume it.`

import type { Network } from '@/lib/domain/network/network'
import { ok, type Result } from '@/lib/domain/result'
import { type HfEndpointBody, refuseField } from './hf-compat-body'
import type { Scaling } from './spec'

/** HF's `privateService` and our `privateNetwork` in our words; null where neither asks for anything. */
export function networkOfHf({ privateService, privateNetwork }: HfEndpointBody): unknown {
  const link = privateService?.accountId
    ? {
        kind: 'huggingface',
        awsAccount: privateService.accountId,
        isShared: privateService.shared ?? false,
        entryRegion: privateService.region ?? null,
      }
    : privateNetwork?.link
  const vpc = privateNetwork?.vpc
  if (!link && !vpc) return undefined
  // HF's own client knows no address yet: the service that it is behind is made with the endpoint.
  const calls = privateNetwork?.calls ?? { by: 'direct' }
  return { ...(link ? { private: { link, calls } } : {}), ...(vpc ? { vpc } : {}) }
}

/** The same back: what a client reads, and what an update is merged into. */
export function toHfNetwork(network: Network | undefined) {
  const { private: closed, vpc } = network ?? {}
  if (!closed) return vpc ? { privateNetwork: { vpc } } : {}
  const { link, calls } = closed
  if (link.kind !== 'huggingface') return { privateNetwork: { link, calls, ...(vpc ? { vpc } : {}) } }
  const { awsAccount: accountId, isShared: shared, entryRegion: region } = link
  return {
    privateService: { accountId, shared, ...(region === null ? {} : { region }) },
    privateNetwork: { calls },
  }
}

type HfScaling = HfEndpointBody['compute']['scaling']

/** HF takes one measure, under its name or in the two older fields. */
export function measureOfHf({ measure, metric, threshold }: HfScaling): Result<Scaling['measure']> {
  const { hardwareUsage, pendingRequests } = measure ?? {}
  if (typeof hardwareUsage === 'number' && typeof pendingRequests === 'number')
    return refuseField('compute.scaling.measure', 'give one of hardwareUsage and pendingRequests')
  if (typeof hardwareUsage === 'number') return ok({ of: 'hardwareUsage', threshold: hardwareUsage })
  if (typeof pendingRequests === 'number') return ok({ of: 'pendingRequests', threshold: pendingRequests })
  if (typeof threshold !== 'number') return ok(undefined)
  return metric
    ? ok({ of: metric, threshold })
    : refuseField('compute.scaling.metric', 'missing field metric')
}

export const toHfMeasure = (measure: Scaling['measure']) =>
  measure ? { [measure.of]: measure.threshold } : null

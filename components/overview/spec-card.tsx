import type { ReactNode } from 'react'
import { SecurityLabel } from '@/components/endpoints/security-label'
import { CopyButton } from '@/components/feedback/copy-button'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Badge } from '@/components/ui/badge'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { measureText } from '@/lib/domain/endpoint/scaling-measure'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { taskLabel } from '@/lib/domain/endpoint/task'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { shortInstanceLabel } from '@/lib/domain/hardware/short-label'

/** What the endpoint is: its newest revision in words. */
export function SpecCard({ endpoint }: { endpoint: EndpointDetail }) {
  const { spec } = endpoint
  return (
    <Card>
      <CardHeader>
        <CardTitle>Configuration</CardTitle>
        <CardAction className="text-muted-foreground text-xs">{revisionText(endpoint)}</CardAction>
      </CardHeader>
      <CardContent>
        <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
          <Fact label="Model">
            {endpoint.model}
            {spec.model.source.kind === 'hub' && (
              <span className="block truncate font-mono text-muted-foreground text-xs">
                {spec.model.source.revision ?? 'default branch'}
              </span>
            )}
          </Fact>
          <Fact label="Task">{taskLabel(endpoint.task)}</Fact>
          <Fact label="Instance type">
            {shortInstanceLabel(endpoint)}
            <span className="block text-muted-foreground text-xs">{placeText(endpoint)}</span>
          </Fact>
          <Fact label="Replicas">{replicasText(spec.hardware)}</Fact>
          <Fact label="Cost">{formatUsdPerHour(endpoint.costUsdPerHour)}</Fact>
          <Fact label="Security level">
            {endpoint.isDirectOnly ? (
              'Direct only: the provider’s own'
            ) : (
              <SecurityLabel level={endpoint.security} />
            )}
            {!endpoint.isDirectOnly && spec.security.level === 'private' && (
              <span className="block font-mono text-xs">{spec.security.allowedRanges.join(', ')}</span>
            )}
          </Fact>
          {endpoint.upstreamUrl !== null && (
            <Fact label="The provider’s own URL" isWide>
              <span className="flex items-start gap-1">
                <span className="min-w-0 break-all font-mono text-xs leading-6">{endpoint.upstreamUrl}</span>
                <CopyButton text={endpoint.upstreamUrl} label="Copy the provider’s own URL" />
              </span>
            </Fact>
          )}
          {!endpoint.isDirectOnly && (
            <Fact label="Request timeout">{spec.advanced.requestTimeoutSeconds} s</Fact>
          )}
          <Names label="Variables" names={Object.keys(spec.advanced.env)} />
          <Names label="Secrets" names={spec.secretNames} />
          {endpoint.tags.length > 0 && (
            <Fact label="Tags">
              <span className="flex flex-wrap gap-1">
                {endpoint.tags.map(tag => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>
            </Fact>
          )}
          <Fact label="Created">
            <RelativeTime at={endpoint.createdAt} /> by {endpoint.createdBy?.name ?? 'Slipway'}
          </Fact>
          <Fact label="Last changed">
            <RelativeTime at={endpoint.updatedAt} /> by {endpoint.updatedBy?.name ?? 'Slipway'}
          </Fact>
        </dl>
      </CardContent>
    </Card>
  )
}

/** Says so where callers are still answered by an older revision. */
const revisionText = ({ revision, servingRevision }: EndpointDetail): string =>
  servingRevision === null || servingRevision === revision
    ? `Revision ${revision}`
    : `Revision ${revision}; revision ${servingRevision} serves`

/** This machine has one region, whose name would say it twice. */
const placeText = ({ provider, region }: EndpointDetail): string =>
  provider === 'local' ? PROVIDER_LABELS.local : `${PROVIDER_LABELS[provider]}, ${region}`

function replicasText({ scaling }: EndpointSpec['hardware']): string {
  const { minReplicas, maxReplicas, scaleToZeroTimeoutMinutes: minutes, requestsPerMinute, measure } = scaling
  if (minReplicas === maxReplicas) return `${minReplicas}, fixed`
  const rest = minutes === null ? '' : `, to zero after ${minutes} min without a request`
  const aim = requestsPerMinute === undefined ? '' : `, at ${requestsPerMinute} requests a minute each`
  const by = measure ? `, at ${measureText(measure)}` : ''
  return `${minReplicas} to ${maxReplicas}${aim}${by}${rest}`
}

function Names({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Fact label={label}>
      <span className="font-mono text-xs">{names.join(', ')}</span>
    </Fact>
  )
}

type FactProps = { label: string; children: ReactNode; isWide?: boolean }

const Fact = ({ label, children, isWide = false }: FactProps) => (
  <div className={isWide ? 'col-span-full min-w-0' : 'min-w-0'}>
    <dt className="text-muted-foreground text-xs">{label}</dt>
    <dd className="break-words">{children}</dd>
  </div>
)

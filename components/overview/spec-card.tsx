import type { ReactNode } from 'react'
import { SecurityLabel } from '@/components/endpoints/security-label'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { taskLabel } from '@/lib/domain/endpoint/task'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/catalog'

/** What the endpoint is: its newest revision in words. */
export function SpecCard({ endpoint }: { endpoint: EndpointDetail }) {
  const { spec } = endpoint
  const { source } = spec.model
  const variables = Object.keys(spec.advanced.env)
  return (
    <Card aria-label="Configuration">
      <CardHeader>
        <CardTitle>Configuration</CardTitle>
        <span className="text-muted-foreground text-xs">Revision {endpoint.revision}</span>
      </CardHeader>
      <CardContent>
        <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
          <Fact label="Model">{endpoint.model}</Fact>
          <Fact label="Task">{taskLabel(endpoint.task)}</Fact>
          {source.kind === 'hub' && (
            <Fact label="Model revision">
              <code className="font-mono text-xs">{source.revision ?? 'default branch'}</code>
            </Fact>
          )}
          <Fact label="Provider">
            {PROVIDER_LABELS[endpoint.provider]}, {endpoint.region}
          </Fact>
          <Fact label="Instance type">{endpoint.instanceLabel}</Fact>
          <Fact label="Cost">{formatUsdPerHour(endpoint.costUsdPerHour)}</Fact>
          <Fact label="Security level">
            <SecurityLabel level={endpoint.security} />
            {spec.security.level === 'private' && (
              <span className="block font-mono text-xs">{spec.security.allowedRanges.join(', ')}</span>
            )}
          </Fact>
          <Fact label="Request timeout">{spec.advanced.requestTimeoutSeconds} s</Fact>
          {variables.length > 0 && (
            <Fact label="Variables">
              <span className="font-mono text-xs">{variables.join(', ')}</span>
            </Fact>
          )}
          {spec.secretNames.length > 0 && (
            <Fact label="Secrets">
              <span className="font-mono text-xs">{spec.secretNames.join(', ')}</span>
            </Fact>
          )}
          {endpoint.tags.length > 0 && (
            <Fact label="Tags">
              <span className="flex flex-wrap gap-1">
                {endpoint.tags.map(tag => (
                  <Badge key={tag} variant="secondary">
                    {tag}
                  </Badge>
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

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-muted-foreground text-xs">{label}</dt>
    <dd className="break-words">{children}</dd>
  </div>
)

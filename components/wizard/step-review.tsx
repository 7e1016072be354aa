'use client'

import { TriangleAlertIcon } from 'lucide-react'
import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SECURITY_INFO } from '@/lib/domain/access/security'
import { createCurl } from '@/lib/domain/endpoint/create-curl'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { type Step, specOf } from '@/lib/domain/endpoint/draft-check'
import { sourceLabel } from '@/lib/domain/endpoint/model-label'
import { MODEL_SERVER_INFO } from '@/lib/domain/endpoint/model-servers'
import { taskLabel } from '@/lib/domain/endpoint/task'
import { plural } from '@/lib/domain/format/count'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { linkText, vpcText } from '@/lib/domain/network/network-fields'
import type { AppError } from '@/lib/domain/result'
import { routes } from '@/lib/routes'
import { EstimatedCost, scalingText } from './scaling-text'
import type { StepProps } from './wizard'

type Props = StepProps & {
  /** The provider, or the connection. */
  place: string
  instance: InstanceType | undefined
  portalUrl: string
  error: AppError | null
}

/** The last page: everything once more, what it costs, and the same request for a script. */
export function StepReview({ wizard, draft, team, place, instance, portalUrl, error }: Props) {
  const { secrets, problems, setStep } = wizard
  const spec = specOf(draft)
  const curl =
    spec &&
    createCurl({
      url: `${portalUrl}${routes.hf.endpoints(team)}`,
      name: draft.name,
      spec,
      secretNames: secrets.map(secret => secret.name),
      instance,
    })
  return (
    <div className="grid gap-4">
      {error && <CreateError error={error} />}
      {problems.length > 0 && (
        <div className="rounded-md border border-state-warning/40 bg-state-warning/10 p-3 text-sm">
          <p className="font-medium">Not ready yet</p>
          <ul className="mt-1 grid gap-1">
            {problems.map(problem => (
              <li key={`${problem.field}${problem.message}`} className="flex flex-wrap items-center gap-2">
                {problem.message}
                <Button variant="link" size="xs" onClick={() => setStep(problem.step)}>
                  Mend it
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Section title="Model" step="model" onEdit={setStep}>
        <Row label="Name" value={draft.name || '–'} />
        <Row label="Model" value={draft.source ? sourceLabel(draft.source, draft.engine) : '–'} />
        {draft.source?.kind === 'hub' && (
          <Row label="Revision" value={draft.source.revision?.slice(0, 12) ?? 'newest'} mono />
        )}
        <Row label="Task" value={draft.task ? taskLabel(draft.task) : '–'} />
      </Section>
      <Section title="Cloud and hardware" step="hardware" onEdit={setStep}>
        <Row label="Provider" value={placeText(place, draft)} />
        <Row label="Instance type" value={instance?.label ?? '–'} />
        <Row label="Replicas" value={scalingText(draft)} />
      </Section>
      <Section title="Security and advanced" step="security" onEdit={setStep}>
        <Row label="Security level" value={SECURITY_INFO[draft.level].label} />
        {draft.level === 'private' && (
          <Row label="Allowed ranges" value={draft.allowedRanges.join(', ')} mono />
        )}
        {spec?.network?.private && (
          <>
            <Row label="At the provider" value={linkText(spec.network.private.link)} />
            <Row
              label="Calls"
              value={
                spec.network.private.calls.by === 'direct'
                  ? 'Direct only: past Slipway, with credentials of the account'
                  : `Through the gateway, which connects to ${spec.network.private.calls.address}`
              }
            />
          </>
        )}
        {spec?.network?.vpc && <Row label="Container egress" value={vpcText(spec.network.vpc) ?? ''} mono />}
        {draft.engine.kind === 'model-server' && draft.engine.server && (
          <Row label="Server" value={MODEL_SERVER_INFO[draft.engine.server].label} />
        )}
        <Row
          label="Variables"
          value={draft.env.length === 0 ? 'none' : draft.env.map(entry => entry.name).join(', ')}
          mono={draft.env.length > 0}
        />
        <Row
          label="Secrets"
          value={secrets.length === 0 ? 'none' : secrets.map(entry => entry.name).join(', ')}
          mono={secrets.length > 0}
        />
        {draft.tags.length > 0 && <Row label="Tags" value={draft.tags.join(', ')} />}
        <Row label="Request timeout" value={plural(draft.requestTimeoutSeconds, 'second')} />
      </Section>
      <Card className="grid gap-2 p-4">
        <h2 className="font-medium">Estimated cost</h2>
        <EstimatedCost draft={draft} priceUsdPerHour={instance?.priceUsdPerHour ?? null} />
      </Card>
      {curl && (
        <Card className="grid gap-2 p-4">
          <div className="flex items-center justify-between gap-2">
            <h2 className="font-medium">The same by script</h2>
            <CopyButton text={curl} label="Copy as cURL" size="sm" variant="outline" />
          </div>
          <CodeBlock label="cURL command">{curl}</CodeBlock>
        </Card>
      )}
    </div>
  )
}

/** This machine is one place; everybody else's hardware stands in a region. */
const placeText = (place: string, { provider, region }: EndpointDraft): string =>
  provider === 'local' ? place : `${place}, ${region}`

function CreateError({ error }: { error: AppError }) {
  const fields = Object.values(error.fields ?? {})
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-md border border-state-bad/40 bg-state-bad/10 p-3 text-sm"
    >
      <TriangleAlertIcon className="mt-0.5 size-4 shrink-0 text-state-bad" aria-hidden />
      <div>
        <p className="font-medium">Nothing was created. {error.message}</p>
        {fields.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {fields.map(message => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        )}
        {error.requestId && <p className="mt-1 text-muted-foreground text-xs">Request {error.requestId}</p>}
      </div>
    </div>
  )
}

type SectionProps = { title: string; step: Step; onEdit: (step: Step) => void; children: React.ReactNode }

function Section({ title, step, onEdit, children }: SectionProps) {
  return (
    <Card className="grid gap-2 p-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium">{title}</h2>
        <Button variant="ghost" size="xs" onClick={() => onEdit(step)}>
          Change<span className="sr-only"> {title.toLowerCase()}</span>
        </Button>
      </div>
      <dl className="grid gap-1">{children}</dl>
    </Card>
  )
}

function Row({ label, value, mono = false }: { label: string; value: string; mono?: boolean }) {
  return (
    <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-3 text-sm">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className={mono ? 'break-words font-mono text-xs leading-5' : 'break-words'}>{value}</dd>
    </div>
  )
}

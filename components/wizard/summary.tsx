import { CircleCheckIcon, CircleDashedIcon } from 'lucide-react'
import { Card } from '@/components/ui/card'
import { SECURITY_INFO } from '@/lib/domain/access/security'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import type { DraftProblem } from '@/lib/domain/endpoint/draft-check'
import { sourceLabel } from '@/lib/domain/endpoint/model-label'
import { taskLabel } from '@/lib/domain/endpoint/task'
import { plural } from '@/lib/domain/format/count'
import { formatUsdPerHour } from '@/lib/domain/format/money'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'

import { scalingText } from './scaling-text'

type Props = { draft: EndpointDraft; instance: InstanceType | undefined; problems: readonly DraftProblem[] }

/** Beside every step: what has been chosen, what it costs, and what is still missing. */
export function WizardSummary({ draft, instance, problems }: Props) {
  const price = instance?.priceUsdPerHour ?? null
  return (
    <Card className="grid gap-3 p-4 lg:sticky lg:top-4" aria-label="Summary">
      <h2 className="font-medium">{draft.name || 'New endpoint'}</h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm [&_dd]:truncate [&_dd]:text-right [&_dt]:text-muted-foreground">
        <dt>Model</dt>
        <dd title={draft.source ? sourceLabel(draft.source, draft.engine) : undefined}>
          {draft.source ? sourceLabel(draft.source, draft.engine) : '–'}
        </dd>
        <dt>Task</dt>
        <dd>{draft.task ? taskLabel(draft.task) : '–'}</dd>
        <dt>Hardware</dt>
        <dd>{instance ? `${instance.label} × ${scalingText(draft)}` : '–'}</dd>
        <dt>Security</dt>
        <dd>{SECURITY_INFO[draft.level].label}</dd>
      </dl>
      <div className="border-t pt-3">
        <p className="flex items-baseline justify-between gap-2">
          <span className="text-muted-foreground">Price</span>
          <span className="font-medium text-base tabular-nums">
            {instance ? formatUsdPerHour(price === null ? null : price * draft.maxReplicas) : '–'}
          </span>
        </p>
        {instance && price !== null && draft.maxReplicas > 1 && (
          <p className="text-right text-muted-foreground text-xs">
            {formatUsdPerHour(price)} × {draft.minReplicas < draft.maxReplicas && 'up to '}
            {plural(draft.maxReplicas, 'replica')}
          </p>
        )}
      </div>
      <div className="border-t pt-3 text-xs" aria-live="polite">
        {problems.length === 0 ? (
          <p className="flex items-center gap-1.5 text-state-good">
            <CircleCheckIcon className="size-4" aria-hidden /> Ready to create.
          </p>
        ) : (
          <ul className="grid gap-1">
            {problems.map(problem => (
              <li key={`${problem.field}${problem.message}`} className="flex gap-1.5 text-muted-foreground">
                <CircleDashedIcon className="mt-0.5 size-3.5 shrink-0" aria-hidden /> {problem.message}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}

'use client'

import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import type { ConnectionKind } from '@/lib/domain/connections/connection'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'

const KINDS: Record<ConnectionKind, string> = {
  huggingface: 'Inference Endpoints of a user or an organisation.',
  sagemaker: 'Endpoints in an AWS account of your own, in one region.',
  'azure-ml': 'Online endpoints in a workspace of your own.',
}

/** Whose account it is: decides what the rest of the form asks. */
export function KindChoice({
  kind,
  onChange,
}: {
  kind: ConnectionKind
  onChange: (kind: ConnectionKind) => void
}) {
  return (
    <RadioGroup
      aria-label="Provider"
      className="sm:grid-cols-3"
      value={kind}
      onValueChange={value => onChange(value as ConnectionKind)}
    >
      {Object.entries(KINDS).map(([value, text]) => (
        <RadioTile key={value} value={value} className="grid content-start gap-0.5">
          <span className="font-medium text-sm">{PROVIDER_LABELS[value as ConnectionKind]}</span>
          <span className="text-muted-foreground text-xs">{text}</span>
        </RadioTile>
      ))}
    </RadioGroup>
  )
}

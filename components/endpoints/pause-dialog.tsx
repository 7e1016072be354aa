'use client'

import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { PauseTarget } from './use-pause-resume'

type Props = {
  endpoint: PauseTarget
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onConfirm: () => void
}

/** What a pause is where the provider has none. */
const THERE: Partial<Record<ProviderKind, string>> = {
  sagemaker:
    ' SageMaker has no pause: the endpoint is removed there, its model and configuration are kept, and resuming creates it again, which takes minutes.',
  'azure-ml':
    ' Azure has no pause: the deployment is removed there, the endpoint and its address are kept, and resuming deploys it again, which takes minutes.',
}

/** Pausing takes an answering endpoint away from its callers: asked once, resumed without asking. */
export function PauseDialog({ endpoint: { name, provider }, isOpen, ...events }: Props) {
  return (
    <ConfirmDialog
      open={isOpen}
      title={`Pause ${name}?`}
      cancel="Keep it running"
      confirm="Pause"
      {...events}
    >
      Requests that are being answered finish; then its replicas stop and cost nothing. Callers get an error
      that says it is paused, until somebody resumes it.
      {THERE[provider]}
    </ConfirmDialog>
  )
}

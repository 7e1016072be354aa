'use client'

import { ConfirmDialog } from '@/components/feedback/confirm-dialog'

type Props = { name: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onConfirm: () => void }

/** Pausing takes an answering endpoint away from its callers: asked once, resumed without asking. */
export function PauseDialog({ name, isOpen, ...events }: Props) {
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
    </ConfirmDialog>
  )
}

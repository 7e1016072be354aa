'use client'

import type { ComponentProps, ReactNode } from 'react'
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from '@/components/ui/alert-dialog'

type Props = Pick<ComponentProps<typeof AlertDialog>, 'open' | 'onOpenChange'> & {
  /** The button that asks; without one the caller opens it. */
  trigger?: ReactNode
  title: string
  /** What follows from it, and whether it can be undone. */
  children: ReactNode
  cancel: string
  confirm: string
  onConfirm: () => void
}

/** Asks once before something that others would notice. */
export function ConfirmDialog({ trigger, title, children, cancel, confirm, onConfirm, ...open }: Props) {
  return (
    <AlertDialog {...open}>
      {trigger && <AlertDialogTrigger asChild>{trigger}</AlertDialogTrigger>}
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{children}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>{cancel}</AlertDialogCancel>
          <AlertDialogAction onClick={onConfirm}>{confirm}</AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}

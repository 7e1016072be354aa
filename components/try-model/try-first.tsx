'use client'

import { PlayIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { Task } from '@/lib/domain/endpoint/task'
import { formKindOf } from '@/lib/domain/playground/form'

const TryDialog = dynamic(() => import('./try-dialog').then(module => module.TryDialog), { ssr: false })

type Props = { team: string; repository: string; task: Task }

/** Asks a hosted copy of the model before anything is deployed; what does it is loaded when asked for. */
export function TryFirst(props: Props) {
  const [wasOpened, setWasOpened] = useState(false)
  const [isOpen, setOpen] = useState(false)
  if (formKindOf(props.task) === 'json') return null
  const open = () => {
    setWasOpened(true)
    setOpen(true)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 sm:col-span-2">
      <Button variant="outline" size="sm" onClick={open}>
        <PlayIcon aria-hidden /> Try it first
      </Button>
      <span className="text-muted-foreground text-xs">A hosted copy at Hugging Face, before you deploy.</span>
      {wasOpened && <TryDialog {...props} isOpen={isOpen} onOpenChange={setOpen} />}
    </div>
  )
}

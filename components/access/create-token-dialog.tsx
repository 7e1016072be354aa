'use client'

import { PlusIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { TokenForm } from './token-form'
import { TokenText } from './token-text'

/** Makes a token and shows its text, once. */
export function CreateTokenDialog() {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    setText(null)
  }
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button>
          <PlusIcon aria-hidden /> New token
        </Button>
      </DialogTrigger>
      <DialogContent>
        {text === null ? (
          <TokenForm onCreated={setText} />
        ) : (
          <TokenText text={text} onDone={() => change(false)} />
        )}
      </DialogContent>
    </Dialog>
  )
}

'use client'

import { CopyButton } from '@/components/feedback/copy-button'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog'

/** The only time a token's text is seen. */
export function TokenText({ text, onDone }: { text: string; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>Copy it now</DialogTitle>
        <DialogDescription>
          It is not stored and cannot be shown again. Whoever has it can do what it may do.
        </DialogDescription>
      </DialogHeader>
      <div className="flex items-center gap-2 rounded-md border bg-muted p-2">
        <code className="min-w-0 flex-1 break-all font-mono text-xs" data-testid="token-text">
          {text}
        </code>
        <CopyButton text={text} label="Copy token" />
      </div>
      <DialogFooter>
        <Button onClick={onDone}>I have copied it</Button>
      </DialogFooter>
    </div>
  )
}

import { ExternalLinkIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog'
import { TOKEN_SECRET } from '@/lib/domain/demo/demo'
import type { PushedSpace } from '@/lib/domain/demo/view'

/** What is there now, and how to take it back. */
export function Pushed({ space, onDone }: { space: PushedSpace; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <DialogHeader>
        <DialogTitle>{space.isNew ? 'The Space is made' : 'The Space is brought up to date'}</DialogTitle>
        <DialogDescription>
          Hugging Face builds it now, which takes a few minutes. It is {space.visibility}.
        </DialogDescription>
      </DialogHeader>
      <p>
        <a
          href={space.url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1.5 break-all font-medium text-primary underline-offset-4 hover:underline"
        >
          {space.repository} <ExternalLinkIcon aria-hidden className="size-4 shrink-0" />
        </a>
      </p>
      {space.tokenName && (
        <p className="text-sm">
          Its secret <code className="font-mono text-xs">{TOKEN_SECRET}</code> holds the token “
          {space.tokenName}”. Revoke it under Tokens to stop the demo.
        </p>
      )}
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </div>
  )
}

'use client'

import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { Button } from '@/components/ui/button'
import { revokeToken } from '@/lib/actions/tokens'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import type { TokenView } from '@/lib/domain/endpoint/view'

type Props = { team: string; token: TokenView; isAllowed: boolean }

/** Asked once: what uses the token stops working at once. */
export function RevokeToken({ team, token, isAllowed }: Props) {
  const { run, isPending } = useAction(revokeToken, {
    invalidates: ['tokens.list'],
    onSuccess: () => void toast.success(`${token.name} is revoked.`),
    onError: error => void toast.error(error.message),
  })
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="outline"
          size="sm"
          disabled={!isAllowed || isPending}
          title={isAllowed ? undefined : 'Only its maker, an owner or an admin can revoke it.'}
        >
          Revoke<span className="sr-only"> {token.name}</span>
        </Button>
      }
      title={`Revoke ${token.name}?`}
      cancel="Keep it"
      confirm="Revoke"
      onConfirm={() => run({ team, tokenId: token.id })}
    >
      Whatever uses it gets 401 from the next request on. A revoked token cannot be brought back.
    </ConfirmDialog>
  )
}

'use client'

import { RelativeTime } from '@/components/feedback/relative-time'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { revokeSession, signOutEverywhere } from '@/lib/actions/profile'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { useResource } from '@/lib/client/use-resource'
import { deviceOf } from '@/lib/domain/access/device'
import { sessionsList } from '@/lib/queries/profile'
import { routes } from '@/lib/routes'

/** Where the person is signed in; each can be ended, or all at once. */
export function SessionList() {
  const { data } = useResource(sessionsList, {})
  const onError = (error: { message: string }) => void toast.error(error.message)
  const revoke = useAction(revokeSession, { invalidates: ['profile.sessions'], onError })
  const everywhere = useAction(signOutEverywhere, {
    onSuccess: () => window.location.assign(routes.signIn({ reason: 'signed-out-everywhere' })),
    onError,
  })
  return (
    <div className="grid gap-3">
      <ul className="divide-y rounded-md border">
        {data.items.map(session => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
            <div className="min-w-0 flex-1 basis-48">
              <p className="truncate" title={session.userAgent ?? undefined}>
                {deviceOf(session.userAgent)}
              </p>
              <p className="text-muted-foreground text-xs">
                {session.address ?? 'address unknown'} · last seen <RelativeTime at={session.lastSeenAt} />
              </p>
            </div>
            {session.current ? (
              <Badge variant="secondary">This session</Badge>
            ) : (
              <Button
                variant="outline"
                size="sm"
                disabled={revoke.isPending}
                onClick={() => revoke.run({ sessionId: session.id })}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button
        variant="outline"
        className="justify-self-start"
        disabled={everywhere.isPending}
        onClick={() => everywhere.run({})}
      >
        Sign out everywhere
      </Button>
    </div>
  )
}

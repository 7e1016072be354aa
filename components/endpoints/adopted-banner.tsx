'use client'

import { EyeIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { CodeBlock } from '@/components/feedback/code-block'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog'
import { CopyButton } from '@/components/feedback/copy-button'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { manageEndpoint, releaseEndpoint } from '@/lib/actions/endpoints'
import { toast } from '@/lib/client/toast'
import { useAction } from '@/lib/client/use-action'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import { missingStatements } from '@/lib/domain/connections/manage-obstacle'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { AppError } from '@/lib/domain/result'
import { routes } from '@/lib/routes'

const INVALIDATES = ['endpoints.list', 'endpoints.get', 'endpoints.events', 'endpoints.revisions']

/** That an adopted endpoint is only looked at, and the two ways on. */
export function AdoptedBanner({ endpoint }: { endpoint: EndpointDetail }) {
  const { team, name, id } = endpoint
  const router = useRouter()
  const mayChange = canUpdateEndpoint(useAsker(), { id, teamId: useTeam().id })
  const manage = useAction(manageEndpoint, { invalidates: INVALIDATES })
  const release = useAction(releaseEndpoint, {
    invalidates: INVALIDATES,
    onSuccess: () => {
      toast.success(`${name} is released.`)
      router.push(routes.team.endpoints(team))
    },
  })
  const isPending = manage.isPending || release.isPending
  const problem = manage.error ?? release.error
  return (
    <Alert className="mb-4">
      <EyeIcon aria-hidden />
      <AlertTitle>Read-only: it was in the account before Slipway</AlertTitle>
      <AlertDescription>
        <p>
          Slipway shows it and passes calls on to it, and changes nothing at the provider. Manage it to
          change, pause or delete it here; release it, and Slipway forgets it and leaves it as it is.
        </p>
        {problem && <Refusal error={problem} />}
        {mayChange && (
          <div className="mt-2 flex flex-wrap gap-2">
            <ConfirmDialog
              trigger={
                <Button size="sm" variant="outline" disabled={isPending}>
                  Manage
                </Button>
              }
              title={`Let Slipway manage ${name}?`}
              cancel="Cancel"
              confirm="Manage it"
              onConfirm={() => manage.run({ team, endpoint: id })}
            >
              It gets Slipway’s tags at the provider. From then on it can be changed, paused and deleted here.
            </ConfirmDialog>
            <Button
              size="sm"
              variant="outline"
              disabled={isPending}
              onClick={() => release.run({ team, endpoint: id })}
            >
              Release
            </Button>
          </div>
        )}
      </AlertDescription>
    </Alert>
  )
}

/** With what to allow first, where the provider said that. */
function Refusal({ error }: { error: AppError }) {
  const toAllow = missingStatements.safeParse(error.details)
  return (
    <div role="alert" className="mt-2 grid gap-2">
      <p className="font-medium text-state-bad [overflow-wrap:anywhere]">{error.message}</p>
      {toAllow.success && (
        <>
          <CodeBlock label="What to add to the policy" className="max-h-60">
            {toAllow.data.statements}
          </CodeBlock>
          <CopyButton
            text={toAllow.data.statements}
            label="Copy the statements"
            size="sm"
            variant="outline"
            className="justify-self-start"
          />
        </>
      )}
    </div>
  )
}

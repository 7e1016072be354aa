'use client'

import { useState } from 'react'
import { FieldSelect } from '@/components/forms/field-select'
import { AnswerCard } from '@/components/playground/answer-card'
import { ChatForm } from '@/components/playground/chat-form'
import { RequestForm } from '@/components/playground/request-form'
import { type CallState, useCall } from '@/components/playground/use-call'
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Skeleton } from '@/components/ui/skeleton'
import { useLazyResource } from '@/lib/client/use-resource'
import type { Task } from '@/lib/domain/endpoint/task'
import { formKindOf } from '@/lib/domain/playground/form'
import { ok } from '@/lib/domain/result'
import { connectionsList } from '@/lib/queries/connections'
import { routes } from '@/lib/routes'

type Props = { team: string; repository: string; task: Task }
type Account = { id: string; name: string; namespace: string }

/** The playground's own forms on a model that somebody else serves. */
export function TryDialog({
  isOpen,
  onOpenChange,
  ...of
}: Props & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { data, isError } = useLazyResource(connectionsList, { team: of.team }, { enabled: isOpen })
  const accounts = data?.items.flatMap(({ id, name, settings }) =>
    settings.kind === 'huggingface' && settings.baseUrl === null
      ? [{ id, name, namespace: settings.namespace }]
      : [],
  )
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent
        className="max-h-[90dvh] max-w-xl overflow-y-auto"
        // In React's tree the dialog is inside the wizard's form: what is sent here must not be a step there.
        onSubmit={event => event.stopPropagation()}
      >
        <DialogHeader>
          <DialogTitle className="break-words">Try {of.repository}</DialogTitle>
          <DialogDescription>
            This is not your endpoint: Hugging Face’s Inference Providers answer from their own hardware, and
            Hugging Face bills each call to the owner of the connection’s token.
          </DialogDescription>
        </DialogHeader>
        {isError && (
          <p className="text-sm">The team’s connections could not be read. Close this and try again.</p>
        )}
        {!data && !isError && <Skeleton className="h-40" />}
        {accounts?.length === 0 && (
          <p className="text-sm">Add a connection to Hugging Face itself under Connections first.</p>
        )}
        {accounts && accounts.length > 0 && <Trial {...of} accounts={accounts} />}
      </DialogContent>
    </Dialog>
  )
}

const SILENCE = 'The portal did not answer. Try again in a moment.'

function Trial({ team, repository, task, accounts }: Props & { accounts: Account[] }) {
  const [connectionId, setConnectionId] = useState(accounts[0]?.id ?? '')
  const { state, call, cancel } = useCall(
    async () => ok({ url: routes.api.tryModel(team, { repository, task, connectionId }), headers: {} }),
    SILENCE,
  )
  const busy = state.phase === 'calling'
  // The server knows the path of each task; the forms' own is of the endpoint's gateway.
  const onCall = (_path: string, body: Parameters<typeof call>[1]) => void call('', body)
  const kind = formKindOf(task)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {accounts.length > 1 && (
        <Field label="Billed to">
          <FieldSelect
            value={connectionId}
            onChange={setConnectionId}
            options={accounts.map(({ id, name, namespace }) => ({
              value: id,
              label: `${name} (${namespace})`,
            }))}
          />
        </Field>
      )}
      {kind === 'chat' ? (
        <ChatForm model={repository} busy={busy} onCall={onCall} onCancel={cancel} />
      ) : (
        <RequestForm task={task} kind={kind} busy={busy} callLabel="Try it" onCall={onCall} />
      )}
      <AnswerCard state={refusalOf(state)} idle="The answer appears here, with its status and time." />
    </div>
  )
}

/** The portal's refusals are sentences; they are not the model's answer. */
function refusalOf(state: CallState): CallState {
  if (state.phase !== 'done' || state.result.status < 400 || state.result.body.kind !== 'json') return state
  const { value } = state.result.body
  const { error } = value as { error?: { message?: unknown } }
  return typeof error?.message === 'string' ? { phase: 'failed', message: error.message } : state
}

'use client'

import { useState } from 'react'
import { FieldSelect } from '@/components/forms/field-select'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, FieldInput } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Skeleton } from '@/components/ui/skeleton'
import { pushSpace } from '@/lib/actions/demos'
import { useAction } from '@/lib/client/use-action'
import { useLazyResource } from '@/lib/client/use-resource'
import { canCreateToken } from '@/lib/domain/access/rights'
import { type DemoKind, TOKEN_SECRET } from '@/lib/domain/demo/demo'
import { obstaclesOfSpace } from '@/lib/domain/demo/obstacles'
import type { PushedSpace } from '@/lib/domain/demo/view'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { connectionsList } from '@/lib/queries/connections'

type Props = { endpoint: EndpointDetail; kind: DemoKind; onPushed: (space: PushedSpace) => void }

/** To a Space of one of the team's accounts, for those who may make its token. */
export function PushForm(props: Props) {
  const { slug, id } = useTeam()
  const mayPush = canCreateToken(useAsker(), { id }, 'infer')
  const { data, isError } = useLazyResource(connectionsList, { team: slug }, { enabled: mayPush })
  if (!mayPush) return <Note>Members of the team may push it as a Space: a token is made for that.</Note>
  if (isError) return <Note>The team’s connections could not be read. Close this and try again.</Note>
  if (!data) return <Skeleton className="h-40" />
  const accounts = data.items.flatMap(({ id, name, settings }) =>
    settings.kind === 'huggingface' ? [{ id, name, namespace: settings.namespace }] : [],
  )
  return accounts.length === 0 ? (
    <Note>To push it as a Space, add a Hugging Face connection under Connections first.</Note>
  ) : (
    <SpaceForm {...props} team={slug} accounts={accounts} />
  )
}

const Note = ({ children }: { children: string }) => (
  <p className="text-muted-foreground text-sm">{children}</p>
)

type Account = { id: string; name: string; namespace: string }

function SpaceForm({
  endpoint,
  kind,
  onPushed,
  team,
  accounts,
}: Props & { team: string; accounts: Account[] }) {
  const [connectionId, setConnectionId] = useState(accounts[0]?.id ?? '')
  const [name, setName] = useState(`${endpoint.name}-demo`)
  const [visibility, setVisibility] = useState<'private' | 'public'>('private')
  /** The sentence that was agreed to: another one has to be agreed to anew. */
  const [agreed, setAgreed] = useState<string | null>(null)
  const { run, isPending, error } = useAction(pushSpace, {
    invalidates: ['tokens.list'],
    onSuccess: onPushed,
  })
  const repository = `${accounts.find(({ id }) => id === connectionId)?.namespace ?? ''}/${name}`
  const sentence = `Make or update the ${visibility} Space ${repository}${
    endpoint.security === 'public'
      ? '; no secret is set'
      : `, and set its secret ${TOKEN_SECRET} to a new token that may only call ${endpoint.name}`
  }.`
  const isAgreed = agreed === sentence
  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        if (isAgreed && !isPending)
          run({ team, endpoint: endpoint.name, connectionId, kind, name, visibility, confirm: repository })
      }}
    >
      <h3 className="font-medium">Push as a Space</h3>
      {obstaclesOfSpace(endpoint).map(text => (
        <p
          key={text}
          className="rounded-md border border-state-warning/40 bg-state-warning/10 px-3 py-2 text-sm"
        >
          {text}
        </p>
      ))}
      <FormError error={error} title="The demo was not pushed, or not whole" />
      <Field label="Connection">
        <FieldSelect
          value={connectionId}
          onChange={setConnectionId}
          options={accounts.map(({ id, name, namespace }) => ({
            value: id,
            label: `${name} (${namespace})`,
          }))}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name of the Space" error={error?.fields?.name}>
          <FieldInput
            required
            maxLength={96}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={event => setName(event.target.value.trim())}
          />
        </Field>
        <Field label="Visibility">
          <FieldSelect
            value={visibility}
            onChange={value => setVisibility(value === 'public' ? 'public' : 'private')}
            options={[
              { value: 'private', label: 'Private' },
              { value: 'public', label: 'Public: anybody may use it' },
            ]}
          />
        </Field>
      </div>
      <div className="flex items-start gap-2">
        <Checkbox
          id="agreed"
          className="mt-0.5"
          checked={isAgreed}
          onCheckedChange={checked => setAgreed(checked === true ? sentence : null)}
        />
        <Label htmlFor="agreed" className="min-w-0 break-words font-normal leading-normal">
          {sentence}
        </Label>
      </div>
      <PushButton isAgreed={isAgreed} isPending={isPending} />
    </form>
  )
}

const PushButton = ({ isAgreed, isPending }: { isAgreed: boolean; isPending: boolean }) =>
  isAgreed ? (
    <SubmitButton isPending={isPending} className="justify-self-start">
      {isPending ? 'Pushing…' : 'Push to Hugging Face'}
    </SubmitButton>
  ) : (
    <Button type="submit" disabled className="justify-self-start" title="Say first that you want this.">
      Push to Hugging Face
    </Button>
  )

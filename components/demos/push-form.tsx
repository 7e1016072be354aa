'use client'

import { useState } from 'react'
import { FormError } from '@/components/forms/form-error'
import { SubmitButton } from '@/components/forms/submit-button'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
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
import { type Account, type SpaceDraft, SpaceFields } from './space-fields'

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

type FormProps = Props & { team: string; accounts: Account[] }

function SpaceForm({ endpoint, kind, onPushed, team, accounts }: FormProps) {
  const [space, setSpace] = useState<SpaceDraft>({
    connectionId: accounts[0]?.id ?? '',
    name: `${endpoint.name}-demo`,
    visibility: 'private',
  })
  /** The sentence that was agreed to: another one has to be agreed to anew. */
  const [agreed, setAgreed] = useState<string | null>(null)
  const { run, isPending, error } = useAction(pushSpace, {
    invalidates: ['tokens.list'],
    onSuccess: onPushed,
  })
  const repository = `${accounts.find(({ id }) => id === space.connectionId)?.namespace ?? ''}/${space.name}`
  const sentence = sentenceOf(endpoint, repository, space)
  const isAgreed = agreed === sentence
  return (
    <form
      className="grid gap-4"
      onSubmit={event => {
        event.preventDefault()
        if (isAgreed && !isPending)
          run({ team, endpoint: endpoint.name, kind, ...space, confirm: repository })
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
      <SpaceFields space={space} accounts={accounts} nameError={error?.fields?.name} onChange={setSpace} />
      <div className="flex items-start gap-2">
        <Checkbox
          id="agreed"
          className="mt-0.5"
          checked={isAgreed}
          onCheckedChange={checked => setAgreed(checked === true ? sentence : null)}
        />
        <Label htmlFor="agreed" className="block min-w-0 break-words font-normal leading-normal">
          {sentence}
        </Label>
      </div>
      <PushButton isAgreed={isAgreed} isPending={isPending} />
    </form>
  )
}

const sentenceOf = (endpoint: EndpointDetail, repository: string, { visibility }: SpaceDraft): string =>
  `Make or update the ${visibility} Space ${repository}${
    endpoint.security === 'public'
      ? '; no secret is set'
      : `, and set its secret ${TOKEN_SECRET} to a new token that may only call ${endpoint.name}`
  }.`

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

'use client'

import { useEffect, useState } from 'react'
import { Card } from '@/components/ui/card'
import { Label } from '@/components/ui/label'
import { Select, SelectOptions, SelectTrigger, SelectValue } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { formatBytes } from '@/lib/domain/format/measure'
import type { HubModelDetail } from '@/lib/domain/hub/model'
import { useHubModel } from './use-hub-model'

type Props = {
  team: string
  repository: string
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
}

/** The chosen model at a revision: commit, size, licence, and whether it can run. */
export function HubModelCard({ team, repository, draft, update }: Props) {
  const chosen = draft.source?.kind === 'hub' && draft.source.repository === repository ? draft.source : null
  // What an endpoint runs stays until somebody chooses otherwise, however far its branch has moved on.
  const [revision, setRevision] = useState(chosen?.revision ?? 'main')
  const [isPicked, setPicked] = useState(chosen === null)
  const model = useHubModel({ team, repository, revision })
  // The Hub is the external system: what it says of the chosen revision becomes the draft's source.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per answer, not on every edit of the draft
  useEffect(() => {
    if (!model.data || !isPicked || chosen?.revision === model.data.commit) return
    update({
      source: { kind: 'hub', repository, revision: model.data.commit },
      task: model.data.task,
      weightsBytes: model.data.weightsBytes,
      obstacle: model.data.obstacle,
    })
  }, [model.data])

  if (model.isPending) return <Skeleton className="h-24" />
  if (model.isError) {
    return (
      <p role="alert" className="rounded-md border border-state-warning/40 bg-state-warning/10 p-3 text-sm">
        {repository}: {model.error.message}
      </p>
    )
  }
  const pick = (next: string) => {
    setPicked(true)
    setRevision(next)
  }
  return <ModelFacts model={model.data} revision={revision} onRevision={pick} />
}

function ModelFacts({
  model,
  revision,
  onRevision,
}: {
  model: HubModelDetail
  revision: string
  onRevision: (name: string) => void
}) {
  const revisions = model.revisions.some(ref => ref.name === revision)
    ? model.revisions
    : [{ name: revision, kind: revision === model.commit ? 'commit' : 'branch' }, ...model.revisions]
  return (
    <Card className="grid gap-2 p-3">
      <p className="font-medium">{model.id}</p>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs [&_dd]:font-medium [&_dt]:text-muted-foreground">
        <div>
          <dt>Weights</dt>
          <dd>{model.weightsBytes === null ? 'unknown' : formatBytes(model.weightsBytes)}</dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>{model.license ?? 'not stated'}</dd>
        </div>
        <div>
          <dt>Commit</dt>
          <dd className="font-mono" title={model.commit}>
            {model.commit.slice(0, 10)}
          </dd>
        </div>
        <div className="grid gap-0.5">
          <Label htmlFor="hub-revision" className="font-normal text-muted-foreground text-xs">
            Revision
          </Label>
          <Select value={revision} onValueChange={onRevision}>
            <SelectTrigger id="hub-revision" size="sm">
              <SelectValue />
            </SelectTrigger>
            <SelectOptions
              options={revisions.map(({ name, kind }) => ({
                value: name,
                label: `${kind === 'commit' ? name.slice(0, 10) : name} (${kind})`,
              }))}
            />
          </Select>
        </div>
      </dl>
      {model.obstacle && (
        <p className="text-state-warning text-xs">
          Not on this machine: {model.obstacle} A cloud may run it: choose one in the next step.
        </p>
      )}
    </Card>
  )
}

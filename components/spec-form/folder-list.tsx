'use client'

import { useQuery } from '@tanstack/react-query'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { Skeleton } from '@/components/ui/skeleton'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { taskLabel } from '@/lib/domain/endpoint/task'
import { formatBytes } from '@/lib/domain/format/measure'
import { hubFolders } from '@/lib/queries/hub'
import { browserTransport, keyOf } from '@/lib/queries/transport'

type Props = { team: string; draft: EndpointDraft; update: (change: Partial<EndpointDraft>) => void }

/** Models below SLIPWAY_MODELS_DIR. */
export function FolderList({ team, draft, update }: Props) {
  const folders = useQuery({
    queryKey: keyOf(hubFolders, { team }),
    queryFn: ({ signal }) => browserTransport(hubFolders, { team }, signal),
    retry: false,
  })
  if (folders.isPending) return <Skeleton className="h-24" />
  if (folders.isError || folders.data.items.length === 0) {
    return (
      <p className="rounded-md border border-dashed p-4 text-muted-foreground text-sm">
        {folders.isError
          ? folders.error.message
          : 'No folder below SLIPWAY_MODELS_DIR has a config.json. Put models there in the Hub’s file layout.'}
      </p>
    )
  }
  const choose = (path: string) => {
    const folder = folders.data.items.find(candidate => candidate.path === path)
    if (!folder) return
    update({
      source: { kind: 'folder', path },
      task: folder.task,
      weightsBytes: folder.weightsBytes,
      obstacle: folder.task === null ? null : folder.obstacle,
    })
  }
  return (
    <RadioGroup
      aria-label="Folders"
      value={draft.source?.kind === 'folder' ? draft.source.path : ''}
      onValueChange={choose}
      className="grid gap-1.5"
    >
      {folders.data.items.map(folder => (
        <RadioTile key={folder.path} value={folder.path} className="flex flex-wrap items-center gap-x-3 py-2">
          <span className="font-mono text-xs">{folder.path}</span>
          <span className="ml-auto flex gap-3 text-muted-foreground text-xs">
            {folder.task && <span>{taskLabel(folder.task)}</span>}
            <span>{formatBytes(folder.weightsBytes)}</span>
          </span>
          {folder.obstacle && <span className="w-full text-state-warning text-xs">{folder.obstacle}</span>}
        </RadioTile>
      ))}
    </RadioGroup>
  )
}

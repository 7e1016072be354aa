'use client'

import dynamic from 'next/dynamic'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { SAMPLE_MODEL } from '@/lib/domain/endpoint/sample'
import { FolderList } from './folder-list'
import { HubSearch } from './hub-search'

/** Only clouds run it. */
const ContainerFields = dynamic(() => import('./container-fields').then(module => module.ContainerFields), {
  ssr: false,
})

type Props = {
  team: string
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  /** A Hub repository to begin with, from `?model=`. */
  initialModel?: string
}

/** Where the model comes from: the bundled sample, the Hub, a local folder, or an image that has it in it. */
export function ModelFields({ team, draft, update, initialModel = '' }: Props) {
  const { source } = draft
  const from = initialModel ? 'hub' : (source?.kind ?? 'sample')
  const takeSample = () =>
    update({
      source: { kind: 'sample', name: SAMPLE_MODEL.name },
      task: SAMPLE_MODEL.task,
      weightsBytes: null,
      obstacle: null,
    })
  return (
    <Tabs defaultValue={from}>
      <TabsList aria-label="Where the model comes from">
        <TabsTrigger value="sample">Sample</TabsTrigger>
        <TabsTrigger value="hub">Hugging Face Hub</TabsTrigger>
        <TabsTrigger value="folder">Local folder</TabsTrigger>
        <TabsTrigger value="image">Container</TabsTrigger>
      </TabsList>
      <TabsContent value="sample" className="pt-3">
        <RadioGroup
          aria-label="Sample model"
          value={source?.kind === 'sample' ? source.name : ''}
          onValueChange={takeSample}
        >
          <RadioTile value={SAMPLE_MODEL.name} className="grid content-start gap-1">
            <span className="font-medium">{SAMPLE_MODEL.label}</span>
            <span className="text-muted-foreground text-xs">
              {SAMPLE_MODEL.description} It starts in seconds and is loaded exactly like a model from the Hub.
            </span>
          </RadioTile>
        </RadioGroup>
      </TabsContent>
      <TabsContent value="hub" className="pt-3">
        <HubSearch team={team} draft={draft} update={update} initial={initialModel} />
      </TabsContent>
      <TabsContent value="folder" className="pt-3">
        <FolderList team={team} draft={draft} update={update} />
      </TabsContent>
      <TabsContent value="image" className="pt-3">
        <ContainerFields draft={draft} update={update} />
      </TabsContent>
    </Tabs>
  )
}

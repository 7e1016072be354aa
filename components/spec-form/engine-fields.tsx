'use client'

import { FieldSelect } from '@/components/forms/field-select'
import { Field } from '@/components/ui/field'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'
import { MODEL_SERVER_INFO, MODEL_SERVERS, serverProblem } from '@/lib/domain/endpoint/model-servers'
import type { CatalogEntry } from '@/lib/domain/hardware/catalog'

const OWN = 'own'
const OPTIONS = [
  { value: OWN, label: 'Chosen by task and hardware' },
  ...MODEL_SERVERS.map(value => ({ value, label: MODEL_SERVER_INFO[value].label })),
]

type Props = {
  draft: EndpointDraft
  update: (change: Partial<EndpointDraft>) => void
  provider: CatalogEntry | undefined
}

/** What runs the model: a container of people's own, or a server, of which some providers have several. */
export function EngineFields({ draft, update, provider }: Props) {
  const { engine, task, accelerator, source } = draft
  if (engine.kind === 'container')
    return (
      <EngineText>
        Engine: the container <span className="font-mono">{engine.image}</span>, called at port {engine.port}.
        {source?.kind !== 'image' && ' It is kept as it is; the API changes it.'}
      </EngineText>
    )
  if (provider?.capabilities.modelServers) {
    const { server } = engine
    const problem = server && task ? serverProblem(server, { task, accelerator }) : null
    return (
      <Field
        label="Server"
        description={
          server
            ? MODEL_SERVER_INFO[server].help
            : 'TGI for text generation on a GPU, else the inference toolkit.'
        }
        error={problem ?? undefined}
        className="max-w-96"
      >
        <FieldSelect
          value={server ?? OWN}
          options={OPTIONS}
          onChange={value => {
            const chosen = MODEL_SERVERS.find(known => known === value)
            update({ engine: { kind: 'model-server', ...(chosen ? { server: chosen } : {}) } })
          }}
        />
      </Field>
    )
  }
  return (
    <EngineText>
      Engine: Slipway’s model server, in the wire format of Hugging Face’s inference toolkit.
      {!provider?.capabilities.containers &&
        ' This provider runs no containers of your own, so port, health route, command and arguments are not asked.'}
    </EngineText>
  )
}

const EngineText = ({ children }: { children: React.ReactNode }) => (
  <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{children}</p>
)

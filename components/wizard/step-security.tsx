'use client'

import dynamic from 'next/dynamic'
import { AdvancedFields } from '@/components/spec-form/advanced-fields'
import { SecurityFields } from '@/components/spec-form/security-fields'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt, hasNetwork } from '@/lib/domain/hardware/place'
import type { StepProps } from './wizard'

/** Only clouds have it. */
const NetworkFields = dynamic(
  () => import('@/components/spec-form/network-fields').then(module => module.NetworkFields),
  { ssr: false },
)

/** Step 3: who may call; and below it what most people leave as it is. */
export function StepSecurity({ wizard, draft, team, catalog }: StepProps & { catalog: CatalogView }) {
  const { update, secrets, setSecrets, problems } = wizard
  const of = (...fields: string[]) => problems.find(problem => fields.includes(problem.field))?.message
  const provider = entryAt(catalog, draft)
  const hasServer = draft.engine.kind === 'model-server' && draft.engine.server !== undefined
  const isFilledIn = hasServer || draft.env.length + secrets.length + draft.tags.length > 0
  return (
    <div className="grid gap-6">
      <SecurityFields draft={draft} update={update} error={of('allowedRanges')} />
      {provider && hasNetwork(provider.capabilities) && (
        <NetworkFields team={team} draft={draft} update={update} provider={provider} problemOf={of} />
      )}
      <details className="group rounded-lg border bg-card" open={isFilledIn}>
        <summary className="cursor-pointer px-4 py-3 font-medium">Advanced</summary>
        <div className="border-t p-4">
          <AdvancedFields
            draft={draft}
            update={update}
            secrets={secrets}
            setSecrets={setSecrets}
            provider={provider}
            problem={of('env', 'secrets')}
          />
        </div>
      </details>
    </div>
  )
}

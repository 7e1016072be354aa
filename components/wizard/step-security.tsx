'use client'

import { AdvancedFields } from '@/components/spec-form/advanced-fields'
import { SecurityFields } from '@/components/spec-form/security-fields'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt } from '@/lib/domain/hardware/place'
import type { StepProps } from './wizard'

/** Step 3: who may call; and below it what most people leave as it is. */
export function StepSecurity({ wizard, draft, catalog }: StepProps & { catalog: CatalogView }) {
  const { update, secrets, setSecrets, problems } = wizard
  const of = (...fields: string[]) => problems.find(problem => fields.includes(problem.field))?.message
  const containers = entryAt(catalog, draft)?.capabilities.containers ?? false
  return (
    <div className="grid gap-6">
      <SecurityFields draft={draft} update={update} error={of('allowedRanges')} />
      <details
        className="group rounded-lg border bg-card"
        open={draft.env.length > 0 || secrets.length > 0 || draft.tags.length > 0}
      >
        <summary className="cursor-pointer px-4 py-3 font-medium">Advanced</summary>
        <div className="border-t p-4">
          <AdvancedFields
            draft={draft}
            update={update}
            secrets={secrets}
            setSecrets={setSecrets}
            containers={containers}
            problem={of('env', 'secrets')}
          />
        </div>
      </details>
    </div>
  )
}

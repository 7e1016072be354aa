'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect, useMemo, useState } from 'react'
import {
  EMPTY_DRAFT,
  type EndpointDraft,
  endpointDraft,
  proposeName,
  type SecretEntry,
} from '@/lib/domain/endpoint/draft'
import { problemsOf, STEPS } from '@/lib/domain/endpoint/draft-check'
import { sourceLabel } from '@/lib/domain/endpoint/model-label'
import { type CatalogView, entryAt } from '@/lib/domain/hardware/catalog'

const storageKey = (team: string) => `slipway:draft:${team}`

/** What a reload finds again; anything unreadable counts as nothing. */
function storedDraft(team: string): EndpointDraft {
  try {
    return endpointDraft.parse(JSON.parse(sessionStorage.getItem(storageKey(team)) ?? ''))
  } catch {
    return EMPTY_DRAFT
  }
}

/** The wizard's state: step in the URL, draft in the tab's storage, secrets in memory only. */
export function useWizard(team: string, catalog: CatalogView) {
  const [step, setStep] = useQueryState(
    'step',
    parseAsStringLiteral(STEPS).withDefault('model').withOptions({ history: 'push', scroll: true }),
  )
  const [draft, setDraft] = useState<EndpointDraft | null>(null)
  const [secrets, setSecrets] = useState<SecretEntry[]>([])

  // The tab's storage exists only in the browser: read it once after the first paint.
  useEffect(() => setDraft(current => current ?? storedDraft(team)), [team])

  const update = (change: Partial<EndpointDraft>) => {
    setDraft(current => {
      const next = { ...(current ?? EMPTY_DRAFT), ...change }
      if (change.source && !next.nameTouched) next.name = proposeName(sourceLabel(change.source))
      sessionStorage.setItem(storageKey(team), JSON.stringify(next))
      return next
    })
  }

  const problems = useMemo(
    () => (draft ? problemsOf(draft, secrets, entryAt(catalog, draft)) : []),
    [draft, secrets, catalog],
  )
  const forget = () => sessionStorage.removeItem(storageKey(team))

  return { step, setStep, draft, update, secrets, setSecrets, problems, forget }
}

export type Wizard = ReturnType<typeof useWizard>

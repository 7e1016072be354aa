'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect, useMemo, useState } from 'react'
import {
  EMPTY_DRAFT,
  type EndpointDraft,
  proposeName,
  type SecretEntry,
  withChange,
} from '@/lib/domain/endpoint/draft'
import { problemsOf, STEPS } from '@/lib/domain/endpoint/draft-check'
import { sourceLabel } from '@/lib/domain/endpoint/model-label'
import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { entryAt } from '@/lib/domain/hardware/place'

const storageKey = (team: string) => `slipway:draft:${team}`

/** What a reload finds again; anything unreadable counts as nothing. */
async function storedDraft(team: string): Promise<EndpointDraft> {
  const stored = sessionStorage.getItem(storageKey(team))
  if (stored === null) return EMPTY_DRAFT
  try {
    const { endpointDraft } = await import('@/lib/domain/endpoint/draft-schema')
    return endpointDraft.parse(JSON.parse(stored))
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
  useEffect(() => {
    void storedDraft(team).then(stored => setDraft(current => current ?? stored))
  }, [team])

  const update = (change: Partial<EndpointDraft>) => {
    setDraft(current => {
      const next = withChange(current ?? EMPTY_DRAFT, change)
      if (change.source && !next.nameTouched) next.name = proposeName(sourceLabel(change.source, next.engine))
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

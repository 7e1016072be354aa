'use client'

import { useParams } from 'next/navigation'
import { useState } from 'react'
import type { Person } from './person'

/** The team in the URL; on pages of no team (the profile) the one the person came from, else their first. */
export function useRailTeam(person: Person): Person['teams'][number] | undefined {
  const { team: slug } = useParams<{ team?: string }>()
  const [last, setLast] = useState(slug)
  if (slug !== undefined && slug !== last) setLast(slug)
  return person.teams.find(team => team.slug === (slug ?? last)) ?? person.teams[0]
}

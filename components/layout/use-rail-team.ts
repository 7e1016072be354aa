'use client'

import { useParams } from 'next/navigation'
import type { Person } from './person'

/** The team in the URL; on pages of no team (the profile) the person's first. */
export function useRailTeam(person: Person): Person['teams'][number] | undefined {
  const params = useParams<{ team?: string }>()
  return person.teams.find(team => team.slug === params.team) ?? person.teams[0]
}

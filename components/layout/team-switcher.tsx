'use client'

import { ChevronsUpDownIcon } from 'lucide-react'
import Link from 'next/link'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { routes } from '@/lib/routes'
import type { Person } from './person'

type Team = Person['teams'][number]

/** Says which team this is; a menu only where there is another one to go to. */
export function TeamSwitcher({ teams, current }: { teams: readonly Team[]; current: Team }) {
  const face = (
    <>
      <TeamTile name={current.name} />
      <span className="min-w-0 flex-1 truncate text-left font-medium">{current.name}</span>
    </>
  )
  const frame = 'flex h-9 w-full items-center gap-2 rounded-md border bg-card px-2 text-sm shadow-xs'
  if (teams.length < 2)
    return (
      <div className={frame} title={`Team ${current.name}`}>
        {face}
      </div>
    )
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className={`${frame} hover:bg-accent`} aria-label={`Team ${current.name}, switch`}>
        {face}
        <ChevronsUpDownIcon className="size-3.5 text-muted-foreground" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-(--radix-dropdown-menu-trigger-width)">
        <DropdownMenuLabel>Teams</DropdownMenuLabel>
        {teams.map(team => (
          <DropdownMenuItem key={team.id} asChild>
            <Link href={routes.team.endpoints(team.slug)}>
              <TeamTile name={team.name} />
              <span className="truncate">{team.name}</span>
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

function TeamTile({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-5 shrink-0 place-items-center rounded-[5px] bg-primary/12 font-semibold text-2xs text-primary"
    >
      {name.charAt(0).toUpperCase()}
    </span>
  )
}

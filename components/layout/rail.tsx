'use client'

import { usePathname } from 'next/navigation'
import { HoverLink } from '@/components/layout/hover-link'
import { cn } from '@/components/ui/cn'
import { routes } from '@/lib/routes'
import { Wordmark } from './mark'
import { isWithin, navItems } from './nav'
import type { Person } from './person'
import { TeamSwitcher } from './team-switcher'
import { useRailTeam } from './use-rail-team'
import { UserMenu } from './user-menu'

/** Team, its pages, and the person: the same in the left rail and in the phone's sheet. */
export function Rail({ person, onNavigate }: { person: Person; onNavigate?: () => void }) {
  const pathname = usePathname()
  const team = useRailTeam(person)
  return (
    <div className="flex h-full flex-col gap-3 p-3">
      <HoverLink
        href={team ? routes.team.endpoints(team.slug) : routes.home()}
        className="flex h-7 w-fit items-center px-1.5"
        onClick={onNavigate}
      >
        <Wordmark />
      </HoverLink>
      {team && (
        <>
          <TeamSwitcher teams={person.teams} current={team} />
          <nav aria-label="Team">
            <ul className="grid gap-px">
              {navItems(team.slug).map(({ label, href, icon: Icon }) => {
                const isCurrent = isWithin(pathname, href)
                return (
                  <li key={href}>
                    <HoverLink
                      href={href}
                      onClick={onNavigate}
                      aria-current={isCurrent ? 'page' : undefined}
                      className={cn(
                        'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground',
                        isCurrent && 'bg-accent text-foreground',
                      )}
                    >
                      <Icon className={cn('size-4', isCurrent && 'text-primary')} aria-hidden />
                      {label}
                    </HoverLink>
                  </li>
                )
              })}
            </ul>
          </nav>
        </>
      )}
      <div className="mt-auto">
        <UserMenu person={person} {...(onNavigate ? { onNavigate } : {})} />
      </div>
    </div>
  )
}

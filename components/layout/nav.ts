import { BoxIcon, ChartNoAxesCombinedIcon, KeyRoundIcon, type LucideIcon, PlugIcon } from 'lucide-react'
import { routes } from '@/lib/routes'

export type NavItem = { label: string; href: string; icon: LucideIcon }

/** What the rail offers for a team: only pages that exist. */
export const navItems = (team: string): readonly NavItem[] => [
  { label: 'Endpoints', href: routes.team.endpoints(team), icon: BoxIcon },
  { label: 'Analytics', href: routes.team.analytics(team), icon: ChartNoAxesCombinedIcon },
  { label: 'Tokens', href: routes.team.tokens(team), icon: KeyRoundIcon },
  { label: 'Connections', href: routes.team.connections(team), icon: PlugIcon },
]

export const isWithin = (pathname: string, href: string): boolean =>
  pathname === href || pathname.startsWith(`${href}/`)

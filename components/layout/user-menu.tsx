'use client'

import { ChevronsUpDownIcon, LogOutIcon, UserIcon } from 'lucide-react'
import Link from 'next/link'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { routes } from '@/lib/routes'
import { initialsOf, type Person } from './person'
import { THEMES } from './themes'
import { usePickedTheme } from './use-picked-theme'
import { useSignOut } from './use-sign-out'

export function UserMenu({ person, onNavigate }: { person: Person; onNavigate?: () => void }) {
  const { theme, pick } = usePickedTheme()
  const signOut = useSignOut()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex h-10 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-accent">
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-items-center rounded-full bg-secondary font-semibold text-2xs"
        >
          {initialsOf(person.name)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-sm leading-4">{person.name}</span>
          <span className="block truncate text-2xs text-muted-foreground leading-4">{person.email}</span>
        </span>
        <ChevronsUpDownIcon className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
        <span className="sr-only">Account menu</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-52">
        <DropdownMenuItem asChild>
          <Link href={routes.profile()} onClick={onNavigate}>
            <UserIcon aria-hidden />
            Profile
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={pick}>
          {THEMES.map(({ value, label, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value} onSelect={event => event.preventDefault()}>
              <Icon aria-hidden />
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void signOut()}>
          <LogOutIcon aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

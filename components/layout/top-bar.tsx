'use client'

import { MenuIcon } from 'lucide-react'
import { useState } from 'react'
import { HoverLink } from '@/components/layout/hover-link'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import { routes } from '@/lib/routes'
import { Wordmark } from './mark'
import type { Person } from './person'
import { Rail } from './rail'

/** The rail on a phone: behind a button. */
export function TopBar({ person }: { person: Person }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-sidebar px-3 md:hidden">
      <Sheet open={isOpen} onOpenChange={setIsOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Menu">
            <MenuIcon aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" className="bg-sidebar p-0" aria-describedby={undefined}>
          <SheetTitle className="sr-only">Menu</SheetTitle>
          <Rail person={person} onNavigate={() => setIsOpen(false)} />
        </SheetContent>
      </Sheet>
      <HoverLink href={routes.home()}>
        <Wordmark />
      </HoverLink>
    </header>
  )
}

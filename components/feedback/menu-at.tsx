'use client'

import { type ReactNode, useState } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'

/** Where on the screen, in pixels from its upper left corner. */
export type Place = { left: number; top: number; width: number; height: number }

type Props = {
  place: Place
  label: string
  onClose: () => void
  /** Where the focus came from; it goes back there. */
  origin?: HTMLElement
  children: ReactNode
}

/** A menu for something that is no button: a word, a point of a chart. Open as long as it is there. */
export function MenuAt({ place, label, onClose, origin, children }: Props) {
  // What was pointed at may be drawn anew, elsewhere, while the menu is open.
  const [held] = useState(place)
  return (
    <DropdownMenu open onOpenChange={open => !open && onClose()}>
      <DropdownMenuTrigger asChild>
        <span className="pointer-events-none fixed" style={held} aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        // Within the page's landmark: no button would lead there from outside of it.
        container={document.querySelector('main')}
        align="start"
        className="max-w-80"
        aria-label={label}
        onCloseAutoFocus={event => {
          event.preventDefault()
          if (origin?.isConnected) origin.focus({ preventScroll: true })
        }}
      >
        <DropdownMenuLabel className="truncate">{label}</DropdownMenuLabel>
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

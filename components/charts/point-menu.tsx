'use client'

import { ScrollTextIcon } from 'lucide-react'
import Link from 'next/link'
import { MenuAt, type Place } from '@/components/feedback/menu-at'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { formatExact, type Zone } from '@/lib/domain/format/time'

/** A bucket that was clicked, and where on the screen. */
export type Point = { atMs: number; place: Place }

type Props = { point: Point; zone: Zone; logsAt: (atMs: number) => string; onClose: () => void }

/** What can be done with a time of a chart. */
export function PointMenu({ point, zone, logsAt, onClose }: Props) {
  return (
    <MenuAt place={point.place} label={formatExact(point.atMs, zone)} onClose={onClose}>
      <DropdownMenuItem asChild>
        <Link href={logsAt(point.atMs)}>
          <ScrollTextIcon aria-hidden />
          Logs at this time
        </Link>
      </DropdownMenuItem>
    </MenuAt>
  )
}

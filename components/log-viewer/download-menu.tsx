'use client'

import { DownloadIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { filterParams, type LogFilter } from '@/lib/domain/logs/filter'
import { routes } from '@/lib/routes'

type Props = { team: string; endpoint: string; filter: LogFilter; isFiltered: boolean }

const FORMATS = [
  { label: 'Text', params: {} },
  { label: 'Text, compressed (.gz)', params: { gzip: '1' } },
  { label: 'JSON lines, compressed (.gz)', params: { format: 'json', gzip: '1' } },
]

/** Everything that is kept, or what the filter lets through of it, as a file. */
export function DownloadMenu({ team, endpoint, filter, isFiltered }: Props) {
  const items = (params: Record<string, string>) =>
    FORMATS.map(format => (
      <DropdownMenuItem key={format.label} asChild>
        <a href={routes.api.logDownload(team, endpoint, { ...params, ...format.params })} download>
          {format.label}
        </a>
      </DropdownMenuItem>
    ))
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="icon" aria-label="Download" title="Download">
          <DownloadIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {isFiltered && (
          <>
            <DropdownMenuLabel>Lines that match the filter</DropdownMenuLabel>
            {items(filterParams(filter))}
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuLabel>All lines that are kept</DropdownMenuLabel>
        {items({})}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

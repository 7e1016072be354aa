'use client'

import { CopyIcon, EllipsisIcon, LogsIcon, PauseIcon, PlayIcon, Settings2Icon } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { toast } from '@/lib/client/toast'
import { useCopy } from '@/lib/client/use-copy'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'
import { PauseDialog } from './pause-dialog'
import { usePauseResume } from './use-pause-resume'

export function RowMenu({ endpoint }: { endpoint: EndpointSummary }) {
  const [isAsking, setIsAsking] = useState(false)
  const { copy } = useCopy()
  const { isPaused, pause, resume, whyNotPause, whyNotResume } = usePauseResume(endpoint)
  const whyNot = isPaused ? whyNotResume : whyNotPause
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            className="relative z-[1]"
            aria-label={`Actions for ${endpoint.name}`}
          >
            <EllipsisIcon aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-w-64">
          <DropdownMenuItem
            onSelect={() => void copy(endpoint.url).then(done => done && toast.success('URL copied'))}
          >
            <CopyIcon aria-hidden />
            Copy URL
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={routes.endpoint(endpoint.team, endpoint.name, 'logs')}>
              <LogsIcon aria-hidden />
              Logs
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={routes.endpoint(endpoint.team, endpoint.name, 'settings')}>
              <Settings2Icon aria-hidden />
              Settings
            </Link>
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            disabled={whyNot !== null}
            onSelect={() => (isPaused ? resume() : setIsAsking(true))}
          >
            {isPaused ? <PlayIcon aria-hidden /> : <PauseIcon aria-hidden />}
            {isPaused ? 'Resume' : 'Pause'}
          </DropdownMenuItem>
          {whyNot !== null && <p className="px-2 pb-1 text-muted-foreground text-xs">{whyNot}</p>}
        </DropdownMenuContent>
      </DropdownMenu>
      <PauseDialog endpoint={endpoint} isOpen={isAsking} onOpenChange={setIsAsking} onConfirm={pause} />
    </>
  )
}

'use client'

import { DownloadIcon } from 'lucide-react'
import { useState } from 'react'
import { useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { Separator } from '@/components/ui/separator'
import { DEMO_KINDS, DEMO_LABELS, type DemoKind } from '@/lib/domain/demo/demo'
import type { PushedSpace } from '@/lib/domain/demo/view'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'
import { PushForm } from './push-form'
import { Pushed } from './pushed'

type Props = { endpoint: EndpointDetail; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Which kind, and where to: a file of one's own, or a Space. */
export function ShareDialog({ endpoint, isOpen, onOpenChange }: Props) {
  const team = useTeam().slug
  const [kind, setKind] = useState<DemoKind>('gradio')
  const [pushed, setPushed] = useState<PushedSpace | null>(null)
  const change = (next: boolean) => {
    onOpenChange(next)
    setPushed(null)
  }
  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogContent className="max-h-[90dvh] max-w-lg overflow-y-auto">
        {pushed ? (
          <Pushed space={pushed} onDone={() => change(false)} />
        ) : (
          <div className="grid gap-4">
            <DialogHeader>
              <DialogTitle>Share a demo of {endpoint.name}</DialogTitle>
              <DialogDescription>
                One file, its requirements and a README. It calls {endpoint.url}; the token is never in it.
              </DialogDescription>
            </DialogHeader>
            <KindChoice kind={kind} onChange={setKind} />
            <div>
              <Button asChild variant="outline">
                <a href={routes.api.demo(team, endpoint.name, { kind })} download>
                  <DownloadIcon aria-hidden /> Download zip
                </a>
              </Button>
            </div>
            <Separator />
            <PushForm endpoint={endpoint} kind={kind} onPushed={setPushed} />
          </div>
        )}
      </DialogContent>
    </Dialog>
  )
}

const KindChoice = ({ kind, onChange }: { kind: DemoKind; onChange: (kind: DemoKind) => void }) => (
  <RadioGroup
    aria-label="Made with"
    value={kind}
    onValueChange={value => onChange(value as DemoKind)}
    className="grid-cols-2 gap-2"
  >
    {DEMO_KINDS.map(option => (
      <RadioTile key={option} value={option}>
        <span className="font-medium">{DEMO_LABELS[option]}</span>
      </RadioTile>
    ))}
  </RadioGroup>
)

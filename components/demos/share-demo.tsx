'use client'

import { SendIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'

const ShareDialog = dynamic(() => import('./share-dialog').then(module => module.ShareDialog), { ssr: false })

/** Offers an app for others to try the endpoint with; what makes it is loaded when asked for. */
export function ShareDemo({ endpoint }: { endpoint: EndpointDetail }) {
  const [wasOpened, setWasOpened] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const open = () => {
    setWasOpened(true)
    setOpen(true)
  }
  return (
    <Card>
      <CardHeader className="border-b-0">
        <CardTitle>Share a demo</CardTitle>
        <CardDescription>
          A page to try it on, for people without a terminal: Gradio or Streamlit.
        </CardDescription>
        <CardAction>
          <Button variant="outline" size="sm" onClick={open}>
            <SendIcon aria-hidden /> Share a demo
          </Button>
        </CardAction>
      </CardHeader>
      {wasOpened && <ShareDialog endpoint={endpoint} isOpen={isOpen} onOpenChange={setOpen} />}
    </Card>
  )
}

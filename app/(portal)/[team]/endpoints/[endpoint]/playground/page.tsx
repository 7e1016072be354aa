import type { Metadata } from 'next'
import { Region } from '@/components/feedback/region'
import { Playground } from '@/components/playground/playground'
import { Skeleton } from '@/components/ui/skeleton'

export const metadata: Metadata = { title: 'Playground' }

export default function PlaygroundPage() {
  return (
    <Region title="The playground could not be loaded" skeleton={<Skeleton className="h-72" />}>
      <Playground />
    </Region>
  )
}

import type { Metadata } from 'next'
import { PageNotFound } from '@/components/feedback/page-not-found'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main>
      <PageNotFound className="min-h-dvh" />
    </main>
  )
}

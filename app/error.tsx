'use client'

import { ErrorPanel } from '@/components/feedback/error-panel'

/** The last net: an error no region caught. Its digest is in the portal's log. */
export default function AppError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main>
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorPanel
        title="This page failed"
        message="Something went wrong on our side. Try again; if it stays, tell whoever runs this portal the id below."
        requestId={error.digest}
        onRetry={reset}
        className="min-h-dvh"
      />
    </main>
  )
}

'use client'

import { ErrorPanel } from '@/components/feedback/error-panel'

/** A page that failed as a whole; the rail stays. */
export default function PortalError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <>
      <h1 className="sr-only">This page failed</h1>
      <ErrorPanel
        title="This page failed"
        message="Something went wrong on our side. Try again; if it stays, tell whoever runs this portal the id below."
        requestId={error.digest}
        onRetry={reset}
        className="min-h-[70dvh]"
      />
    </>
  )
}

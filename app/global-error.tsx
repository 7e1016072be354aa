'use client'

import './globals.css'

/** Stands in for the root layout itself, so it can rely on nothing the layout provides. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Slipway</title>
        <main className="grid min-h-dvh place-content-center gap-3 p-6 text-center">
          <h1 className="font-semibold text-lg">The portal could not draw this page</h1>
          <p className="text-muted-foreground">
            Try again; if it stays, tell whoever runs this portal
            {error.digest ? ` the id ${error.digest}` : ' what you did'}.
          </p>
          <button
            type="button"
            onClick={reset}
            className="mx-auto h-8 rounded-md border border-input bg-card px-3 font-medium"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}

'use client'

import { QueryErrorResetBoundary } from '@tanstack/react-query'
import { unstable_rethrow } from 'next/navigation'
import { Component, type ReactNode, Suspense } from 'react'
import { QueryError } from '@/lib/queries/transport'
import { ErrorPanel } from './error-panel'

type BoundaryProps = { title: string; onReset: () => void; children: ReactNode }

/** Keeps a failure inside its region: the rest of the page goes on. */
class RegionBoundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    // Next's own redirects and not-founds travel as errors; they are not ours to show.
    unstable_rethrow(error)
    return { error }
  }

  private readonly retry = () => {
    this.props.onReset()
    this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    const expected = error instanceof QueryError ? error.error : null
    return (
      <ErrorPanel
        title={this.props.title}
        message={expected?.message ?? 'This part of the page failed. Try again; the rest still works.'}
        requestId={expected?.requestId}
        onRetry={this.retry}
      />
    )
  }
}

/** A slow or fragile part of a page: a skeleton of the same shape while it waits, a panel of its own if it fails. */
export function Region({
  title,
  skeleton,
  children,
}: {
  /** What could not be shown: "The replicas could not be loaded". */
  title: string
  skeleton: ReactNode
  children: ReactNode
}) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <RegionBoundary title={title} onReset={reset}>
          <Suspense fallback={skeleton}>{children}</Suspense>
        </RegionBoundary>
      )}
    </QueryErrorResetBoundary>
  )
}

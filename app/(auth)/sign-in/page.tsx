import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { createLoader, parseAsString } from 'nuqs/server'
import { SignInForm } from '@/components/access/sign-in-form'
import { Wordmark } from '@/components/layout/mark'
import { safeCallback } from '@/lib/domain/access/callback'
import { routes } from '@/lib/routes'
import { currentActor } from '@/lib/server/http/current-actor'

export const metadata: Metadata = { title: 'Sign in' }

const loadParams = createLoader({ callbackUrl: parseAsString, reason: parseAsString, error: parseAsString })

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, reason, error } = await loadParams(searchParams)
  const destination = safeCallback(callbackUrl, routes.home())
  if (await currentActor()) redirect(destination)
  return (
    <>
      <Wordmark className="mb-8 text-lg" />
      <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
      <p className="mt-1 mb-6 text-muted-foreground">
        Model endpoints on your own accounts, clusters and machines.
      </p>
      <SignInForm destination={destination} reason={error ? 'failed' : reason} />
      <p className="mt-6 text-muted-foreground text-xs">
        Lost your password? Whoever runs this portal can set a new one with{' '}
        <code className="whitespace-nowrap font-mono text-2xs">npm run admin -- reset-password</code>.
      </p>
    </>
  )
}

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { held, Prefetched } from '@/app/prefetched'
import { EndpointFrame } from '@/components/endpoints/endpoint-frame'
import { endpointGet } from '@/lib/queries/endpoints'
import { QueryError } from '@/lib/queries/transport'
import { readEndpoint } from './read-endpoint'

export async function generateMetadata({
  params,
}: LayoutProps<'/[team]/endpoints/[endpoint]'>): Promise<Metadata> {
  const { endpoint } = await params
  return { title: { template: `%s · ${endpoint} · Slipway`, default: endpoint } }
}

/** Gates on the endpoint: what does not exist, or is another team's, is not found. */
export default async function EndpointLayout({
  params,
  children,
}: LayoutProps<'/[team]/endpoints/[endpoint]'>) {
  const input = await params
  const endpoint = await readEndpoint(input.team, input.endpoint).catch((error: unknown) => {
    if (error instanceof QueryError && error.error.code === 'not_found') notFound()
    throw error
  })
  return (
    <Prefetched reads={[held(endpointGet, input, endpoint)]}>
      <EndpointFrame>{children}</EndpointFrame>
    </Prefetched>
  )
}

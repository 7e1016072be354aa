import { cache } from 'react'
import { endpointGet } from '@/lib/queries/endpoints'
import { serverTransport } from '@/lib/server/transport'

/** The endpoint of a page; once, whichever part of the page asks. */
export const readEndpoint = cache((team: string, endpoint: string) =>
  serverTransport(endpointGet, { team, endpoint }),
)

import { gatewayUrl } from '@/lib/server/env'

/** Where an endpoint is called; whatever follows is passed to its replica. */
export const endpointUrl = (teamSlug: string, name: string): string => `${gatewayUrl()}/${teamSlug}/${name}`

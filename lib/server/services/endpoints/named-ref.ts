import type { NamedRef } from '@/lib/server/providers/port'
import type { EndpointRow } from './find-endpoint'

type Named = Pick<EndpointRow, 'id' | 'name' | 'providerName' | 'isReadOnly'>

/** What providers find an endpoint by. */
export const namedRefOf = ({ id, name, providerName, isReadOnly }: Named): NamedRef => ({
  endpointId: id,
  endpointName: name,
  ...(providerName === null ? {} : { adopted: { name: providerName, isReadOnly } }),
})

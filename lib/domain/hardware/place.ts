import type { CatalogEntry, CatalogView } from './catalog'

/** Tells entries of one catalogue apart: an account may offer what another does too. */
export const placeKey = ({ kind, connection }: Pick<CatalogEntry, 'kind' | 'connection'>): string =>
  connection?.id ?? kind

/** Whether an endpoint there can be closed to the internet, or its containers be put into a network. */
export const hasNetwork = ({ privateLink, vpc }: CatalogEntry['capabilities']): boolean => privateLink || vpc

/** The entry an endpoint's hardware is chosen from. */
export const entryAt = (
  { providers }: CatalogView,
  at: { provider: CatalogEntry['kind']; connection: string | null },
): CatalogEntry | undefined =>
  providers.find(entry => entry.kind === at.provider && (entry.connection?.id ?? null) === at.connection)

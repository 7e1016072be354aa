import type { Network } from './network'

/** Calls go past Slipway: the gateway refuses them, and counts nothing. */
export const isDirectOnly = ({ network }: { network?: Network | undefined }): boolean =>
  network?.private?.calls.by === 'direct'

/** What is known of one request that is over. Durations in whole microseconds. */
export type Measurement = {
  endpointId: string
  /** When its headers were received, in ms since 1970. */
  at: number
  requestId: string
  method: string
  /** Behind the endpoint's URL, without the query. */
  path: string
  status: number
  /** Of the replica that had it; of the endpoint's newest spec where none had. */
  revision: number
  replicaId: string | null
  tokenId: string | null
  bytesIn: number
  bytesOut: number
  tokensIn: number | null
  tokensOut: number | null
  /** From having all to send to sending it on a replica's connection. */
  waitUs: number
  /** Null where no byte of an answer was sent. */
  ttfbUs: number | null
  totalUs: number
  /** The gateway's own words where it answered itself or the answer broke off. */
  error: string | null
}

/** A client that left: neither success nor error. */
export const CLIENT_LEFT = 499

export const isErrorStatus = (status: number): boolean => status >= 400 && status !== CLIENT_LEFT

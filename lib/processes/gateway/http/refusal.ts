/** An answer the gateway gives itself. */
export type Refusal = {
  status: number
  /** A sentence for the caller, sent as `{"error": …}`. */
  message: string
  /** Further headers, as a flat list. */
  headers: readonly string[]
}

export const refusal = (status: number, message: string, headers: readonly string[] = []): Refusal => ({
  status,
  message,
  headers,
})

/** One line of a call, for the log: nothing of headers or bodies. */
export type CallLine = { method: string; path: string; status: number | null; ms: number; attempt: number }

/** A Space as it is once a demo was pushed. */
export type PushedSpace = {
  repository: string
  url: string
  visibility: 'private' | 'public'
  /** The Slipway token in its secret; null where the endpoint needs none. */
  tokenName: string | null
  /** False where it had been there before and was brought up to date. */
  isNew: boolean
}

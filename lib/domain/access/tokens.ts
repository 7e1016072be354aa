/** As people know them from Hugging Face. `write` includes both others. */
export const TOKEN_SCOPES = ['read', 'infer', 'write'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

export const scopeIncludes = (held: TokenScope, needed: TokenScope): boolean =>
  held === needed || held === 'write'

export const TOKEN_SCOPE_INFO: Record<TokenScope, string> = {
  read: 'See endpoints, analytics and logs; scrape metrics.',
  infer: 'Call endpoints through the gateway.',
  write: 'Everything: create, change and delete endpoints, and both others.',
}

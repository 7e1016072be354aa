export const SECURITY_LEVELS = ['public', 'protected', 'private'] as const
export type SecurityLevel = (typeof SECURITY_LEVELS)[number]

export const SECURITY_INFO: Record<SecurityLevel, { label: string; who: string; meaning: string }> = {
  public: {
    label: 'Public',
    who: 'Anybody who can reach the gateway',
    meaning: 'No token is asked for. For demos and models that cost nothing to call.',
  },
  protected: {
    label: 'Protected',
    who: 'Holders of a token of this team with infer on this endpoint',
    meaning: 'Every request needs a token; each token is counted on its own and can be revoked at once.',
  },
  private: {
    label: 'Private',
    who: 'Token holders calling from an allowed network',
    meaning: 'Protected, and the caller’s address must lie in a range you list.',
  },
}

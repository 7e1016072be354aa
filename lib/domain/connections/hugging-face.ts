/** What Slipway does with a token, by the names Hugging Face gives its permissions. */
export const HF_SCOPES = [
  { scope: 'inference.endpoints.read', why: 'see endpoints, hardware, quota and logs' },
  { scope: 'inference.endpoints.write', why: 'create, change, pause and delete endpoints' },
  { scope: 'inference.endpoints.infer.write', why: 'call endpoints, through the gateway' },
  { scope: 'inference.serverless.write', why: 'only for “Try it first”: call hosted models' },
  { scope: 'repo.write', why: 'only for “Share a demo”: push it as a Space' },
] as const

/**
 * What pages may load and talk to: scripts of this very answer and what they load, our own origin, and the gateway
 * (the playground calls it directly). Style attributes stay allowed because charts and positioned menus set them.
 */
export function contentPolicy(options: {
  nonce: string
  gatewayUrl: string
  isDevelopment: boolean
}): string {
  const { nonce, gatewayUrl, isDevelopment } = options
  // React's development build evaluates code for its stack traces, and reloads over a web socket.
  const directives: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // A worker's program is a text of ours: expressions of people run in a thread that can be stopped.
    'worker-src': 'blob:',
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': `'self' ${new URL(gatewayUrl).origin}${isDevelopment ? ' ws:' : ''}`,
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/** For answers that are data: a browser that opens one as a page runs and loads nothing. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

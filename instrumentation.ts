/** Runs once when the portal's server starts. */
export async function register(): Promise<void> {
  const { stampPeer } = await import('@/lib/server/http/stamp-peer')
  stampPeer()
}

/** Runs once when the portal's server starts. */
export async function register(): Promise<void> {
  // Next also compiles this file for its edge runtime, which has no sockets; the build removes the branch there.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { stampPeer } = await import('@/lib/server/http/stamp-peer')
  stampPeer()
}

/** Calls back once the browser has nothing else to do; the answer takes it back. */
export function whenIdle(done: () => void): () => void {
  // Not every browser says when it is idle.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(done, 200)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(done, { timeout: 2_000 })
  return () => cancelIdleCallback(handle)
}

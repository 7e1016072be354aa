/**
 * Where to go after signing in: only ever a path of this portal. A callback comes from a URL that anybody can
 * write, and `//host`, `/\host` or a control character would lead a browser elsewhere.
 */
export function safeCallback(url: string | null | undefined, fallback: string): string {
  if (!url || !/^\/(?![/\\])/.test(url) || /[\u0000-\u001f\\]/.test(url)) return fallback
  return url.startsWith('/sign-in') || url.startsWith('/api/') ? fallback : url
}

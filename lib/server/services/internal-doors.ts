import { open } from '@/lib/server/secrets/seal'

export type Door = { url: string; secret: string }
type Row = { id: string; url: string | null; sealedSecret: string | null }

/** How to ask a long-running program; a row sealed with another key is one of another installation, and no door. */
export function doorOf({ id, url, sealedSecret }: Row): Door[] {
  const secret = sealedSecret && opened(sealedSecret, id)
  return url && secret ? [{ url, secret }] : []
}

function opened(sealedSecret: string, processId: string): string | null {
  try {
    return open(sealedSecret, `process:${processId}`)
  } catch {
    return null
  }
}

import type { Actor } from '@/lib/domain/access/actor'
import type { Database, Queryable } from '@/lib/server/db/client'

/** What every verb takes: where the data is and who asks. */
export type Context = { db: Database; actor: Actor; once?: Once }

/**
 * Reads what a key stands for unless somebody did already: of one page, whose parts all ask for the same endpoint at
 * the same moment. Whoever changes something has none of it.
 */
export type Once = <T>(key: string, read: () => Promise<T>) => Promise<T>

export function onceEach(): Once {
  const held = new Map<string, Promise<unknown>>()
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const found = held.get(key) ?? read()
    held.set(key, found)
    // A key is read in one place, so what it holds is what that place reads.
    return found as Promise<T>
  }
}

/** Inside a change: the transaction in the database's place, so that event and audit row share its fate. */
export type ChangeContext = { db: Queryable; actor: Actor }

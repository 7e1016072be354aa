import type { Role } from '@/lib/domain/access/roles'

/** The signed-in person as the shell shows them. */
export type Person = {
  name: string
  email: string
  teams: readonly { id: string; slug: string; name: string; role: Role }[]
}

/** `Ada Lovelace` → `AL`; an address gives its first letter. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s@._-]+/).filter(Boolean)
  const letters = name.includes('@')
    ? words.slice(0, 1)
    : [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map(word => word?.charAt(0).toUpperCase() ?? '').join('') || '?'
}

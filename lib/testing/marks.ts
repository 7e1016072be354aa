import type { Wish } from '@/lib/server/providers/port'

/** Whose a resource in somebody's account says it is. */
export type Marks = Record<string, string>

/** From its tags, as names and values. */
export const marksOf = (tags: readonly (readonly [name: string, value: string])[]): Marks =>
  Object.fromEntries(
    tags.flatMap(([name, value]) => {
      const mark = /^slipway[:-](portal|team|endpoint|revision)$/.exec(name)?.[1]
      return mark ? [[mark, value]] : []
    }),
  )

/** What everything made for a wish says. */
export const marksFor = ({ teamSlug, endpointId, revision }: Wish): Marks => ({
  portal: 'contract',
  team: teamSlug,
  endpoint: endpointId,
  revision: String(revision),
})

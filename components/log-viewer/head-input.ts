import type { ReadLogPageInput } from '@/lib/domain/logs/inputs'

/** The read a log page begins with, the same on the server and in the browser: what is kept, and by whom. */
export const headInput = (team: string, endpoint: string): ReadLogPageInput => ({ team, endpoint, limit: 1 })

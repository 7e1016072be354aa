/** A moment at which somebody changed something: drawn as a vertical line, said in the tooltip. */
export type TimeMarker = { atMs: number; message: string }

/** A reason why the embedded PostgreSQL cannot run, in words for the person at the terminal. Shown without a stack. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

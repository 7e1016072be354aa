/** A reason not to start, as one clear sentence for the person at the terminal. Shown without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
}

/** The text of an expected error code (`EADDRINUSE`), undefined for anything else. */
export const codeOf = (error: unknown): string | undefined => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

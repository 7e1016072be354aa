// Part of a stand-in for Azure: what it answers instead of doing what was asked.

export class Refused extends Error {
  constructor(
    readonly status: number,
    /** `ResourceNotFound` and the like. */
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export const missing = (what: string) => new Refused(404, 'ResourceNotFound', `${what} was not found.`)
export const conflict = (what: string) =>
  new Refused(409, 'Conflict', `Another operation is in progress on ${what}. Try again after it has ended.`)
export const userError = (message: string) => new Refused(400, 'UserError', message)

import type { AwsJson } from './moto'

/** What AWS answers instead of doing what was asked. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** `ValidationException` and the like. */
    readonly type: string,
    message: string,
    readonly more: AwsJson = {},
  ) {
    super(message)
  }
}

export const invalid = (message: string) => new Refused(400, 'ValidationException', message)

/** How often and how long; tests shorten them. */
export type ControllerSettings = {
  /** A lease not renewed for this long is free for another controller. */
  leaseMs: number
  /** Leases are renewed and endpoints looked for this often, hints aside. */
  surveyMs: number
  /** Between two passes over an endpoint: right after a step, while something is in flight, otherwise. */
  afterStepMs: number
  inFlightMs: number
  idleMs: number
  /** The same where every look is a call to a cloud, which counts calls. */
  remoteInFlightMs: number
  remoteIdleMs: number
  /** Longest pause after a failed provider call. */
  retryLimitMs: number
  /** A provider's answer is waited for this long. */
  providerTimeoutMs: number
  /** Output of a deleted replica is given up when nobody has collected it after this. */
  logGraceMs: number
  /** Passes that read and write at the same time; provider calls do not count. */
  concurrency: number
  /** Providers are asked for endpoints that no row knows this often. */
  sweepMs: number
  /** A replica that loads for this long without progress is given up. */
  startDeadlineMs: number
  /** An orderly stop gives replicas this long. */
  haltMs: number
}

export const DEFAULT_SETTINGS: ControllerSettings = {
  leaseMs: 15_000,
  surveyMs: 4_000,
  afterStepMs: 250,
  inFlightMs: 1_000,
  idleMs: 5_000,
  remoteInFlightMs: 3_000,
  remoteIdleMs: 15_000,
  retryLimitMs: 60_000,
  providerTimeoutMs: 30_000,
  logGraceMs: 60_000,
  concurrency: 6,
  sweepMs: 600_000,
  startDeadlineMs: 30 * 60_000,
  haltMs: 45_000,
}

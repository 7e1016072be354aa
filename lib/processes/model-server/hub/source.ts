import type { ModelSource } from '../settings'

export type HubSource = Extract<ModelSource, { kind: 'hub' }>

/** The Hub said no; trying again changes nothing. */
export class HubRefusal extends Error {
  override readonly name = 'HubRefusal'
}

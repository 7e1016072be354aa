// Part of a stand-in for Azure: what the app may do. By default it has the roles that people are given to copy, so
// nothing the provider does can need more than they are told to allow.
import { type Granted, groupRole, isGranted, subscriptionRole } from '@/lib/domain/connections/azure-role'
import { Refused } from './refused'

type Place = { subscriptionId: string; resourceGroup: string; workspace: string; region: string }

export class Rbac {
  /** Everything that was asked. */
  readonly asked = new Set<string>()
  #taken: string[] = []

  constructor(readonly place: Place) {}

  /** As if the roles lacked these. */
  take(...actions: string[]): void {
    this.#taken = actions
  }

  reset(): void {
    this.#taken = []
  }

  may(action: string): boolean {
    this.asked.add(action)
    return isGranted(this.#granted(), action)
  }

  require(action: string): void {
    if (this.may(action)) return
    const what = `does not have authorization to perform action '${action}'`
    throw new Refused(403, 'AuthorizationFailed', `The client 'app' ${what} over scope '/subscriptions/s'.`)
  }

  listed = () => this.#granted().map(role => ({ ...role, dataActions: [], notDataActions: [] }))

  #granted(): Granted[] {
    const roles = [groupRole(this.place), subscriptionRole(this.place)]
    return roles.map(({ Actions }) => ({ actions: Actions, notActions: this.#taken }))
  }
}

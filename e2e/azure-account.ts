import type { Locator } from '@playwright/test'
import { APP, PLACE } from '@/lib/testing/azure/edge'

/** Says in the form of a new connection which workspace of the stand-in it is; the app's secret is left to fill in. */
export async function fillWorkspace(form: Locator, url: string): Promise<void> {
  await form.getByRole('radio', { name: /Azure/ }).click()
  await form.getByLabel('Name', { exact: true }).fill('Our workspace')
  await form.getByLabel('Subscription ID').fill(PLACE.subscriptionId)
  await form.getByLabel('Resource group').fill(PLACE.resourceGroup)
  await form.getByLabel('Workspace').fill(PLACE.workspace)
  await form.getByLabel('Region').fill(PLACE.region)
  await form.getByLabel('Directory (tenant) ID').fill(APP.tenantId)
  await form.getByLabel('Application (client) ID').fill(APP.clientId)
  await form.getByLabel(/^Endpoint URL/).fill(url)
}

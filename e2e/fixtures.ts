import { test as base, expect, type Page } from '@playwright/test'
import type { Product } from './product'

type TestFixtures = {
  /** Console errors this test provokes on purpose; every other one fails it. */
  expectedErrors: RegExp[]
  consoleErrors: string[]
  /** A page signed in as the first account. */
  signedIn: Page
}

export const test = base.extend<TestFixtures, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from this pattern
    async ({}, use) => {
      await use(JSON.parse(process.env.SLIPWAY_E2E_PRODUCT ?? '') as Product)
    },
    { scope: 'worker' },
  ],
  baseURL: ({ product }, use) => use(product.portalUrl),
  expectedErrors: [[], { option: true }],
  consoleErrors: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = []
      context.on('console', message => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
      })
      context.on('weberror', error => errors.push(String(error.error())))
      await use(errors)
      expect(errors.filter(text => !expectedErrors.some(pattern => pattern.test(text)))).toEqual([])
    },
    { auto: true },
  ],
  signedIn: async ({ page, product }, use) => {
    await signIn(page, product.admin)
    await use(page)
  },
})

export { expect } from '@playwright/test'

export async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto('/')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

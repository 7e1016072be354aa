import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect } from './fixtures'
import type { Product } from './product'
import { type Sent, sendLoad } from './traffic'

export const NAME = 'sample-sentiment'

/** The log page of the sample endpoint, whose model server writes one line per request with the request's id. */
export class LogPage {
  readonly lines
  readonly status
  readonly detail

  constructor(
    readonly page: Page,
    private readonly product: Product,
  ) {
    this.lines = page.getByRole('log', { name: 'Log lines' })
    this.status = page.getByRole('status', { name: 'Connection' })
    this.detail = page.getByRole('region', { name: 'Chosen line' })
  }

  async open(params: Record<string, string> = {}): Promise<void> {
    await this.page.goto(routes.endpoint(this.product.team, NAME, 'logs', params))
  }

  /** Requests one after the other, ids `<name>-0-0` … `<name>-0-<count - 1>`: as many lines. */
  write(name: string, count: number): Promise<Sent[]> {
    const url = `${this.product.gatewayUrl}/${this.product.team}/${NAME}`
    return sendLoad({ url, token: this.product.admin.token, clients: 1, requests: count, name })
  }

  /** The ids of the lines that are drawn, in their order. */
  async ids(): Promise<string[]> {
    const text = (await this.lines.textContent()) ?? ''
    return [...text.matchAll(/request id=(\S+)/g)].map(match => match[1] ?? '')
  }

  /** Every one of these, once each, in this order: nothing lost, nothing doubled. */
  async expectIds(expected: readonly string[]): Promise<void> {
    await expect.poll(() => this.ids(), { timeout: 60_000 }).toEqual(expected)
  }

  line(id: string) {
    return this.lines.getByText(`request id=${id} `)
  }

  /**
   * Headless Chromium has no tabs that could cover each other, so the page is told that it is hidden: the same
   * event and the same property as from the browser.
   */
  async setHidden(isHidden: boolean): Promise<void> {
    await this.page.evaluate(
      state => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      },
      isHidden ? 'hidden' : 'visible',
    )
  }
}

/** `<name>-0-<from>` … `<name>-0-<to>`, as `write` names them. */
export const idsOf = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${name}-0-${from + index}`)

import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { routes } from '@/lib/routes'

type Table = { columns: string[]; rows: { time: string; values: string[] }[] }

/* Where a chart draws between its axes; `components/charts/plot.ts` sets them. */
const PLOT = { left: 64, right: 8 }

/** What a person does on an endpoint's Analytics tab, and what stands there. */
export class AnalyticsPage {
  /** Every read of the requests' charts since the page was opened: its parameters. */
  readonly reads: URLSearchParams[] = []

  constructor(readonly page: Page) {
    page.on('response', response => {
      const url = new URL(response.url())
      if (!url.pathname.endsWith('/analytics/requests') || !response.ok()) return
      this.reads.push(url.searchParams)
    })
  }

  open(team: string, endpoint: string, params: Record<string, string> = { range: '15m' }) {
    return this.page.goto(routes.endpoint(team, endpoint, 'analytics', params))
  }

  chart(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true })
  }

  /** A number above a chart, by its label. */
  figure(chart: string, label: string): Locator {
    return this.chart(chart)
      .locator('dt')
      .getByText(label, { exact: true })
      .locator('xpath=ancestor-or-self::dt/following-sibling::dd')
  }

  async table(title: string): Promise<Table> {
    await this.chart(title)
      .getByRole('button', { name: `Show ${title} as a table` })
      .click()
    const read = await this.chart(title)
      .getByRole('table')
      .evaluate(table => ({
        columns: [...table.querySelectorAll('thead th')].slice(1).map(cell => cell.textContent ?? ''),
        rows: [...table.querySelectorAll('tbody tr')].map(row => ({
          time: row.querySelector('th')?.textContent ?? '',
          values: [...row.querySelectorAll('td')].map(cell => cell.textContent ?? ''),
        })),
      }))
    await this.chart(title)
      .getByRole('button', { name: `Show ${title} as a chart` })
      .click()
    return read
  }

  /** The sum of every column of a chart's CSV. */
  async csvSums(title: string): Promise<Record<string, number>> {
    return (await this.csv(title)).sums
  }

  /** A chart's CSV: the times of its rows, and the sum of every column. */
  async csv(title: string): Promise<{ timesMs: number[]; sums: Record<string, number> }> {
    const [header = '', ...lines] = (await this.download(title, 'CSV')).trim().split('\r\n')
    const columns = header
      .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .slice(1)
      .map(column => column.replaceAll('"', ''))
    const sums = columns.map((column, index) => [
      column,
      lines.reduce((sum, line) => sum + Number(line.split(',')[index + 1]), 0),
    ])
    const timesMs = lines.map(line => Date.parse(line.split(',')[0] ?? ''))
    return { timesMs, sums: Object.fromEntries(sums) }
  }

  async download(title: string, format: 'CSV' | 'JSON' | 'PNG'): Promise<string> {
    const saved = this.page.waitForEvent('download')
    await this.chart(title)
      .getByRole('button', { name: `Download ${title}` })
      .click()
    await this.page.getByRole('menuitem', { name: format }).click()
    return await readFile(await (await saved).path(), format === 'PNG' ? 'latin1' : 'utf8')
  }

  async choose(label: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: label }).click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
  }

  /** How many panels that have data would be printed without their chart, because nobody has scrolled to it. */
  notOnPaper(): Promise<number> {
    return this.page.evaluate(() => {
      window.dispatchEvent(new Event('beforeprint'))
      const count = (selector: string) => document.querySelectorAll(selector).length
      return count('[aria-label^="Download "]') - count('.plot svg.drawn-by-hand')
    })
  }

  /** Drags over a chart from the bucket that holds one time to the bucket that holds another. */
  async drag(title: string, fromMs: number, toMs: number): Promise<void> {
    const plot = this.chart(title).locator('.plot')
    const box = await plot.locator('svg.drawn-by-hand').first().boundingBox()
    if (!box) throw new Error(`${title} is not drawn.`)
    const [start, end] = await Promise.all(
      ['data-from-ms', 'data-to-ms'].map(async name => Number(await plot.getAttribute(name))),
    )
    if (!start || !end) throw new Error(`${title} does not say what time it shows.`)
    const width = box.width - PLOT.left - PLOT.right
    const at = (ms: number) => box.x + PLOT.left + ((ms - start) / (end - start)) * width
    const y = box.y + box.height / 3
    await this.page.mouse.move(at(fromMs), y)
    await this.page.mouse.down()
    await this.page.mouse.move(at((fromMs + toMs) / 2), y)
    await this.page.mouse.move(at(toMs), y)
    await this.page.mouse.up()
  }
}

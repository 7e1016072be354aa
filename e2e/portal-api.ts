import type { APIRequestContext } from '@playwright/test'
import { z } from 'zod'
import type { RequestCharts, RequestRecordView } from '@/lib/domain/analytics/view'
import { requestCharts, requestRecordPage } from '@/lib/domain/analytics/view'
import { type EndpointDetail, type EventView, endpointDetail, eventView } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'
import type { Product } from './product'

const eventPage = z.object({ items: z.array(eventView) })

/** The portal's own JSON routes, as a script with a token reads them. */
export class PortalApi {
  constructor(
    private readonly http: APIRequestContext,
    private readonly product: Product,
  ) {}

  private async get(path: string): Promise<unknown> {
    const response = await this.http.get(`${this.product.portalUrl}${path}`, {
      headers: { authorization: `Bearer ${this.product.admin.token}` },
    })
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`)
    return response.json()
  }

  async endpoint(name: string): Promise<EndpointDetail> {
    return endpointDetail.parse(await this.get(routes.api.endpoint(this.product.team, name)))
  }

  async charts(name: string, params: Record<string, string> = { range: '15m' }): Promise<RequestCharts> {
    return requestCharts.parse(
      await this.get(routes.api.analytics(this.product.team, name, 'requests', params)),
    )
  }

  async events(name: string): Promise<EventView[]> {
    return eventPage.parse(await this.get(routes.api.events(this.product.team, name))).items
  }

  /** Every kept record, page by page. */
  async records(name: string): Promise<RequestRecordView[]> {
    const all: RequestRecordView[] = []
    let before: string | null | undefined
    do {
      const params = { range: '15m', ...(before ? { before } : {}) }
      const page = requestRecordPage.parse(
        await this.get(routes.api.analytics(this.product.team, name, 'records', params)),
      )
      all.push(...page.records)
      before = page.nextCursor
    } while (before)
    return all
  }
}

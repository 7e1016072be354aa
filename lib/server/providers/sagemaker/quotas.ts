import type { AwsClients } from './clients'
import type { Inventory } from './inventory'

const ENDPOINT_QUOTA = /^(ml\.[\w.-]+) for endpoint usage$/

/** How many instances of each kind the account may have in endpoints, by AWS's name of the kind. */
export async function readQuotas(
  clients: AwsClients,
  inventory: Inventory,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const client = await inventory.ask(clients.quotas)
  const found = new Map<string, number>()
  let NextToken: string | undefined
  do {
    const input = { ServiceCode: 'sagemaker', MaxResults: 100, ...(NextToken ? { NextToken } : {}) }
    const page = await inventory.ask(() =>
      client.listServiceQuotas(input, signal ? { abortSignal: signal } : {}),
    )
    for (const { QuotaName = '', Value } of page.Quotas ?? []) {
      const name = ENDPOINT_QUOTA.exec(QuotaName)?.[1]
      if (name && Value !== undefined) found.set(name, Value)
    }
    NextToken = page.NextToken
  } while (NextToken)
  return found
}

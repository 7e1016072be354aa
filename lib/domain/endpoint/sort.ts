export const ENDPOINT_SORTS = ['name', 'state', 'requests', 'p95', 'cost', 'updated', 'created'] as const
export type EndpointSort = (typeof ENDPOINT_SORTS)[number]

/** What a URL calls an endpoint: its name; once it is deleted that name is free again, so its id. */
export const refOf = (endpoint: { id: string; name: string; removedAt: string | null }): string =>
  endpoint.removedAt === null ? endpoint.name : endpoint.id

/** What forms check before the server does; free of zod, which forms load later. */
export const AWS_ACCOUNT = /^\d{12}$/
export const AWS_IDS = {
  subnet: /^subnet-[0-9a-f]{8,17}$/,
  sg: /^sg-[0-9a-f]{8,17}$/,
  vpce: /^vpce-[0-9a-f]{8,17}$/,
} as const
/** Where Hugging Face's private links begin. */
export const ENTRY_REGIONS = ['us-east-1', 'eu-west-1'] as const
export type EntryRegion = (typeof ENTRY_REGIONS)[number]

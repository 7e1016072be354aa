import { domainOf } from './account'

/** When these were read off AWS's list of deep-learning containers. */
export const IMAGES_AS_OF = '2026-11-23'

/** Hugging Face's deep-learning containers, as AWS publishes them. */
const IMAGES = {
  'toolkit-cpu': 'huggingface-pytorch-inference:2.6.0-transformers4.51.3-cpu-py312-ubuntu22.04',
  'toolkit-gpu': 'huggingface-pytorch-inference:2.6.0-transformers4.51.3-gpu-py312-cu124-ubuntu22.04',
  'tgi-gpu': 'huggingface-pytorch-tgi-inference:2.7.0-tgi3.3.6-gpu-py311-cu124-ubuntu22.04',
} as const
export type DlcImage = keyof typeof IMAGES

/** Whose registry the containers are in; everywhere else it is the first. */
const ACCOUNT = '763104351884'
const ACCOUNTS: Record<string, string> = {
  'af-south-1': '626614931356',
  'ap-east-1': '871362719292',
  'ap-northeast-3': '364406365360',
  'ap-south-2': '772153158452',
  'ap-southeast-3': '907027046896',
  'ap-southeast-4': '457447274322',
  'ca-west-1': '204538143572',
  'cn-north-1': '727897471807',
  'cn-northwest-1': '727897471807',
  'eu-central-2': '380420809688',
  'eu-south-1': '692866216735',
  'eu-south-2': '503227376785',
  'il-central-1': '780543022126',
  'me-central-1': '914824155844',
  'me-south-1': '217643126080',
  'us-gov-east-1': '446045086412',
  'us-gov-west-1': '442386744353',
}

export const dlcImage = (kind: DlcImage, region: string): string =>
  `${ACCOUNTS[region] ?? ACCOUNT}.dkr.ecr.${region}.${domainOf(region)}/${IMAGES[kind]}`

/** An image in the account's own registry, and the region it is in; null for any other. */
export const ecrRegion = (image: string): string | null =>
  /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/.+$/.exec(image)?.[1] ?? null

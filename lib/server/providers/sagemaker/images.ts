import { domainOf } from './account'

/** Hugging Face's deep-learning containers: read off AWS's list and the SageMaker SDK on 2026-11-24. */
const IMAGES = {
  'toolkit-cpu': 'huggingface-pytorch-inference:2.6.0-transformers4.51.3-cpu-py312-ubuntu22.04',
  'toolkit-gpu': 'huggingface-pytorch-inference:2.6.0-transformers4.51.3-gpu-py312-cu124-ubuntu22.04',
  'tgi-gpu': 'huggingface-pytorch-tgi-inference:2.7.0-tgi3.3.6-gpu-py311-cu124-ubuntu22.04',
  'vllm-gpu': 'huggingface-vllm:0.21.0-transformers5.8.1-gpu-py312-cu130-ubuntu22.04',
  'tei-cpu': 'tei-cpu:2.0.1-tei1.8.2-cpu-py310-ubuntu22.04',
  'tei-gpu': 'tei:2.0.1-tei1.8.2-gpu-py310-cu122-ubuntu22.04',
} as const
export type DlcImage = keyof typeof IMAGES

/** Whose registry the containers are in; everywhere else it is the first. */
const ACCOUNT = '763104351884'
const ACCOUNTS: Record<string, string> = {
  'af-south-1': '626614931356',
  'ap-east-1': '871362719292',
  'ap-east-2': '975050140332',
  'ap-northeast-3': '364406365360',
  'ap-south-2': '772153158452',
  'ap-southeast-3': '907027046896',
  'ap-southeast-4': '457447274322',
  'ap-southeast-5': '550225433462',
  'ap-southeast-6': '633930458069',
  'ap-southeast-7': '590183813437',
  'ca-west-1': '204538143572',
  'cn-north-1': '727897471807',
  'cn-northwest-1': '727897471807',
  'eu-central-2': '380420809688',
  'eu-south-1': '692866216735',
  'eu-south-2': '503227376785',
  'il-central-1': '780543022126',
  'me-central-1': '914824155844',
  'me-south-1': '217643126080',
  'mx-central-1': '637423239942',
  'us-gov-east-1': '446045086412',
  'us-gov-west-1': '442386744353',
}

/** TEI's are in registries of their own; it is to be had in these regions only. */
const TEI_ACCOUNTS: Record<string, string> = {
  'af-south-1': '510948584623',
  'ap-east-1': '651117190479',
  'ap-northeast-1': '354813040037',
  'ap-northeast-2': '366743142698',
  'ap-northeast-3': '867004704886',
  'ap-south-1': '720646828776',
  'ap-south-2': '628508329040',
  'ap-southeast-1': '121021644041',
  'ap-southeast-2': '783357654285',
  'ap-southeast-3': '951798379941',
  'ap-southeast-4': '106583098589',
  'ca-central-1': '341280168497',
  'ca-west-1': '190319476487',
  'cn-north-1': '450853457545',
  'cn-northwest-1': '451049120500',
  'eu-central-1': '492215442770',
  'eu-central-2': '680994064768',
  'eu-north-1': '662702820516',
  'eu-south-1': '978288397137',
  'eu-south-2': '104374241257',
  'eu-west-1': '141502667606',
  'eu-west-2': '764974769150',
  'eu-west-3': '659782779980',
  'il-central-1': '898809789911',
  'me-central-1': '272398656194',
  'me-south-1': '801668240914',
  'sa-east-1': '737474898029',
  'us-east-1': '683313688378',
  'us-east-2': '257758044811',
  'us-gov-east-1': '237065988967',
  'us-gov-west-1': '414596584902',
  'us-west-1': '746614075791',
  'us-west-2': '246618743249',
}

/** Null where AWS has none in the region. */
export function dlcImage(kind: DlcImage, region: string): string | null {
  const isTei = kind === 'tei-cpu' || kind === 'tei-gpu'
  const account = isTei ? TEI_ACCOUNTS[region] : (ACCOUNTS[region] ?? ACCOUNT)
  return account === undefined ? null : `${account}.dkr.ecr.${region}.${domainOf(region)}/${IMAGES[kind]}`
}

/** An image in the account's own registry, and the region it is in; null for any other. */
export const ecrRegion = (image: string): string | null =>
  /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/.+$/.exec(image)?.[1] ?? null

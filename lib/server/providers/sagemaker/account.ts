import type { SecretsOf, SettingsOf } from '@/lib/domain/connections/connection'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'

/** Of an IAM user: those of a session end before what they made. */
export type AwsKeys = { accessKeyId: string; secretAccessKey: string }

/**
 * One AWS account in one region. Names at SageMaker mean something only within a region: with several of them
 * nobody could tell from an endpoint's name where to look for it.
 */
export type AwsAccount = {
  region: string
  /** What the containers run as: pulls images, writes logs. */
  roleArn: string
  /** Or those that are found where Slipway runs, for a team that may use them. */
  keys: AwsKeys | { ambientFor: string }
  /** Of every service, where it is not AWS's own: an emulator, a private cloud. */
  baseUrl: string | null
  /** Marks what this portal made: nothing without it is touched. */
  portalId: string
  allowedHosts: AllowedHosts
}

export const awsAccount = (
  { region, roleArn, baseUrl }: SettingsOf<'sagemaker'>,
  keys: SecretsOf<'sagemaker'>,
  { portalId, allowedHosts }: Pick<AwsAccount, 'portalId' | 'allowedHosts'>,
): AwsAccount => ({ region, roleArn, keys, baseUrl, portalId, allowedHosts })

/** Where endpoints are invoked. */
export const runtimeUrl = ({ region, baseUrl }: Pick<AwsAccount, 'region' | 'baseUrl'>): string =>
  baseUrl ?? `https://runtime.sagemaker.${region}.${domainOf(region)}`

export const domainOf = (region: string): string =>
  region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'

import type { SecretsOf, SettingsOf } from '@/lib/domain/connections/connection'
import type { AllowedHosts } from '@/lib/server/outbound/address-rule'

/** An app registration in Microsoft Entra, and its secret. */
export type AppSecret = { clientId: string; clientSecret: string }
/** Or who Slipway's machine is, for the team that an administrator allowed it. */
export type AzureSecret = AppSecret | { ambientFor: string }

/** One workspace, which is in one region: names of endpoints mean something only there. */
export type AzureAccount = {
  tenantId: string
  subscriptionId: string
  resourceGroup: string
  workspace: string
  /** `eastus` */
  region: string
  secret: AzureSecret
  /** Of every service, where it is not Microsoft's own: a private cloud, a stand-in. */
  baseUrl: string | null
  /** Marks what this portal made: nothing without it is touched. */
  portalId: string
  allowedHosts: AllowedHosts
}

export const azureAccount = (
  { kind: _, ...place }: SettingsOf<'azure-ml'>,
  secret: SecretsOf<'azure-ml'>,
  { portalId, allowedHosts }: Pick<AzureAccount, 'portalId' | 'allowedHosts'>,
): AzureAccount => ({ ...place, secret, portalId, allowedHosts })

type Place = Pick<AzureAccount, 'baseUrl'>

export const managementUrl = ({ baseUrl }: Place): string => baseUrl ?? 'https://management.azure.com'
export const authorityUrl = ({ baseUrl }: Place): string => baseUrl ?? 'https://login.microsoftonline.com'
export const pricesUrl = ({ baseUrl }: Place): string => baseUrl ?? 'https://prices.azure.com'

/** What a token is asked for: managing resources, and calling endpoints. */
export const MANAGEMENT_SCOPE = 'https://management.azure.com/.default'
export const SCORING_SCOPE = 'https://ml.azure.com/.default'

const SERVICE = 'providers/Microsoft.MachineLearningServices'

type Workspace = Pick<AzureAccount, 'subscriptionId' | 'resourceGroup' | 'workspace'>

export const workspacePath = ({ subscriptionId, resourceGroup, workspace }: Workspace): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/${SERVICE}/workspaces/${workspace}`

/** Autoscale settings stand beside the workspace, in its resource group. */
export const autoscalePath = ({ subscriptionId, resourceGroup }: AzureAccount): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Insights/autoscaleSettings`

export const locationPath = ({ subscriptionId, region }: AzureAccount): string =>
  `/subscriptions/${subscriptionId}/${SERVICE}/locations/${region}`

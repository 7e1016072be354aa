import { z } from 'zod'
import { HOST_PORT_HELP, hostPortOf } from './host-port'
import { AWS_ACCOUNT, AWS_IDS, ENTRY_REGIONS } from './rules'

const idsOf = (prefix: 'subnet' | 'sg' | 'vpce', help: string) =>
  z.string().trim().regex(AWS_IDS[prefix], help)

/** How the provider itself closes an endpoint to the internet; each cloud has its own way. */
export const privateLink = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('huggingface'),
    /** Who may connect to the VPC service that Hugging Face makes. */
    awsAccount: z.string().trim().regex(AWS_ACCOUNT, 'An AWS account has 12 digits.'),
    /** One VPC endpoint for several endpoints. */
    isShared: z.boolean(),
    /** Null leaves it to Hugging Face. */
    entryRegion: z.enum(ENTRY_REGIONS).nullable(),
  }),
  z.object({
    kind: z.literal('sagemaker'),
    /** Of `sagemaker.runtime`: what the policies to copy allow calls from. */
    vpcEndpoint: idsOf('vpce', 'A VPC endpoint such as vpce-0a1b2c3d4e5f67890.'),
  }),
  z.object({ kind: z.literal('azure-ml') }),
])
export type PrivateLink = z.infer<typeof privateLink>

/** Who calls an endpoint that is closed to the internet. */
export const calls = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('gateway'),
    /** Where the gateway connects to: the private address of the provider's door. */
    address: z
      .string()
      .trim()
      .refine(text => hostPortOf(text) !== null, HOST_PORT_HELP),
  }),
  /** The callers themselves, past Slipway. */
  z.object({ by: z.literal('direct') }),
])

export const network = z.object({
  private: z.object({ link: privateLink, calls }).optional(),
  /** The account's own subnets that containers run in: where they may connect to, not who may call. */
  vpc: z
    .object({
      subnets: z.array(idsOf('subnet', 'A subnet such as subnet-0a1b2c3d.')).min(1, 'Give a subnet.').max(16),
      securityGroups: z
        .array(idsOf('sg', 'A security group such as sg-0a1b2c3d.'))
        .min(1, 'Give a security group.')
        .max(5),
    })
    .optional(),
})
export type Network = z.infer<typeof network>

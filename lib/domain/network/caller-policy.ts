/** What a caller's identity needs at AWS so that an endpoint answers it through one VPC endpoint only. */
export function callerPolicy({
  region,
  endpointName,
  vpcEndpoint,
}: {
  region: string
  endpointName: string
  vpcEndpoint: string
}) {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  const Action = ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream']
  const arn = `arn:${partition}:sagemaker:${region}:*`
  // One that scales to zero is called by its component, which is named after it.
  const Resource = [`${arn}:endpoint/${endpointName}`, `${arn}:inference-component/${endpointName}-r*`]
  const through = { 'aws:SourceVpce': vpcEndpoint }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CallThroughTheVpcEndpoint',
        Effect: 'Allow',
        Action,
        Resource,
        Condition: { StringEquals: through },
      },
      // Whatever else the identity is allowed: no other way.
      { Sid: 'NoOtherWay', Effect: 'Deny', Action, Resource, Condition: { StringNotEquals: through } },
    ],
  } as const
}

/** What SageMaker's role needs besides, to put containers into subnets of the account. */
export const VPC_ROLE_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ContainersJoinSubnets',
      Effect: 'Allow',
      Action: [
        'ec2:CreateNetworkInterface',
        'ec2:CreateNetworkInterfacePermission',
        'ec2:DeleteNetworkInterface',
        'ec2:DeleteNetworkInterfacePermission',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeVpcs',
        'ec2:DescribeDhcpOptions',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
      ],
      Resource: '*',
    },
  ],
} as const

/** SageMaker's name of an endpoint, from where it is invoked. */
export const awsEndpointNameOf = (upstreamUrl: string | null): string =>
  /\/endpoints\/([^/]+)\/invocations(?:#|$)/.exec(upstreamUrl ?? '')?.[1] ?? 'slipway-*'

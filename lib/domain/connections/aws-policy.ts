/** Every name of ours at AWS begins so: changes are allowed to nothing else. */
export const AWS_PREFIX = 'slipway-'

export type Statement = {
  Sid: string
  Effect: 'Allow'
  Action: readonly string[]
  Resource: string | readonly string[]
  Condition?: {
    StringEquals?: Readonly<Record<string, string>>
    'ForAllValues:StringLike'?: Readonly<Record<string, string>>
  }
}
export type Policy = { Version: '2012-10-17'; Statement: readonly Statement[] }

const SAGEMAKER = 'sagemaker.amazonaws.com'
const ROLE = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/.+$/

/** What an IAM policy names: whose account, which region, which role. Null while the role is not a role's ARN. */
export function awsPlaceOf(region: string, roleArn: string) {
  const [, partition, account] = ROLE.exec(roleArn.trim()) ?? []
  if (!partition || !account || region.trim() === '') return null
  return { partition, account, region: region.trim(), roleArn: roleArn.trim() }
}
export type AwsPlace = NonNullable<ReturnType<typeof awsPlaceOf>>

/** What the connection's keys must be allowed to do, and nothing beyond it: the tests run under this very policy. */
export function permissionPolicy({ partition, account, region, roleArn }: AwsPlace): Policy {
  const ours = (kind: string) => `arn:${partition}:sagemaker:${region}:${account}:${kind}/${AWS_PREFIX}*`
  return policy([
    {
      Sid: 'SlipwayLooksAround',
      Effect: 'Allow',
      // AWS lets none of these be limited to names.
      Action: [
        'sagemaker:ListEndpoints',
        'sagemaker:ListEndpointConfigs',
        'sagemaker:ListModels',
        'sagemaker:ListInferenceComponents',
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingPolicies',
        'cloudwatch:GetMetricData',
        'cloudwatch:ListMetrics',
        'servicequotas:ListServiceQuotas',
        'pricing:GetProducts',
      ],
      Resource: '*',
    },
    {
      Sid: 'SlipwayRunsItsEndpoints',
      Effect: 'Allow',
      Action: [
        'sagemaker:DescribeEndpoint',
        'sagemaker:CreateModel',
        'sagemaker:CreateEndpointConfig',
        'sagemaker:CreateEndpoint',
        'sagemaker:UpdateEndpoint',
        'sagemaker:DeleteEndpoint',
        'sagemaker:DeleteEndpointConfig',
        'sagemaker:DeleteModel',
        'sagemaker:AddTags',
        'sagemaker:ListTags',
        'sagemaker:InvokeEndpoint',
        'sagemaker:InvokeEndpointWithResponseStream',
        'sagemaker:CreateInferenceComponent',
        'sagemaker:DescribeInferenceComponent',
        'sagemaker:UpdateInferenceComponentRuntimeConfig',
        'sagemaker:DeleteInferenceComponent',
      ],
      Resource: [ours('endpoint'), ours('endpoint-config'), ours('model'), ours('inference-component')],
    },
    {
      Sid: 'SlipwayReadsTheirLogs',
      Effect: 'Allow',
      Action: ['logs:FilterLogEvents', 'logs:DeleteLogGroup'],
      Resource: ['Endpoints', 'InferenceComponents'].map(
        kind => `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/${kind}/${AWS_PREFIX}*`,
      ),
    },
    {
      Sid: 'SlipwayScalesItsEndpoints',
      Effect: 'Allow',
      Action: [
        'application-autoscaling:RegisterScalableTarget',
        'application-autoscaling:PutScalingPolicy',
        'application-autoscaling:DeregisterScalableTarget',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'application-autoscaling:service-namespace': 'sagemaker' } },
    },
    {
      Sid: 'SlipwayTagsWhatScalesThem',
      Effect: 'Allow',
      Action: ['application-autoscaling:TagResource'],
      // AWS names them by numbers of its own; so what is limited is which tags.
      Resource: `arn:${partition}:application-autoscaling:${region}:${account}:scalable-target/*`,
      Condition: { 'ForAllValues:StringLike': { 'aws:TagKeys': 'slipway:*' } },
    },
    {
      Sid: 'SlipwayWakesWhatRestsAtZero',
      Effect: 'Allow',
      Action: [
        'cloudwatch:DescribeAlarms',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:TagResource',
      ],
      Resource: `arn:${partition}:cloudwatch:${region}:${account}:alarm:${AWS_PREFIX}*`,
    },
    ...adopting({ partition, account, region }),
    ...autoScalingItself({ partition, account, region }, ours),
    {
      Sid: 'SlipwayGivesContainersTheirRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': SAGEMAKER } },
    },
  ])
}

/**
 * What was in the account before Slipway, and is looked at and called by its own name. Nothing here changes anything;
 * who adopts nothing can leave both out.
 */
function adopting({ partition, account, region }: Omit<AwsPlace, 'roleArn'>): Statement[] {
  const any = (kind: string) => `arn:${partition}:sagemaker:${region}:${account}:${kind}/*`
  return [
    {
      Sid: 'SlipwayLooksAtOthers',
      Effect: 'Allow',
      Action: [
        'sagemaker:DescribeEndpoint',
        'sagemaker:DescribeEndpointConfig',
        'sagemaker:DescribeModel',
        'sagemaker:ListTags',
        'logs:FilterLogEvents',
      ],
      Resource: [
        any('endpoint'),
        any('endpoint-config'),
        any('model'),
        `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/Endpoints/*`,
      ],
    },
    {
      Sid: 'SlipwayCallsAdopted',
      Effect: 'Allow',
      Action: ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream'],
      Resource: any('endpoint'),
    },
  ]
}

/** What the policy needs besides for one adopted endpoint that Slipway shall manage: its name is not ours. */
export const manageStatements = (
  { partition, account, region }: Omit<AwsPlace, 'roleArn'>,
  name: string,
): Statement[] => [
  {
    Sid: 'SlipwayManagesAdopted',
    Effect: 'Allow',
    Action: [
      'sagemaker:AddTags',
      'sagemaker:CreateEndpoint',
      'sagemaker:UpdateEndpoint',
      'sagemaker:UpdateEndpointWeightsAndCapacities',
      'sagemaker:DeleteEndpoint',
      'sagemaker:CreateInferenceComponent',
      'logs:DeleteLogGroup',
    ],
    Resource: [
      `arn:${partition}:sagemaker:${region}:${account}:endpoint/${name}`,
      `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/Endpoints/${name}:*`,
    ],
  },
  {
    Sid: 'AutoScalingSetsItsAlarms',
    Effect: 'Allow',
    Action: ['cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
    Resource: `arn:${partition}:cloudwatch:${region}:${account}:alarm:TargetTracking-endpoint/${name}/*`,
  },
]

/**
 * What Application Auto Scaling asks with the rights of whoever sets it up. Slipway itself calls one of them, to put
 * back a number of instances that was changed outside.
 */
function autoScalingItself(
  { partition, account, region }: Omit<AwsPlace, 'roleArn'>,
  ours: (kind: string) => string,
): Statement[] {
  const service = 'sagemaker.application-autoscaling.amazonaws.com'
  const role = `aws-service-role/${service}/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`
  return [
    {
      Sid: 'AutoScalingChangesCounts',
      Effect: 'Allow',
      Action: ['sagemaker:DescribeEndpointConfig', 'sagemaker:UpdateEndpointWeightsAndCapacities'],
      Resource: [ours('endpoint'), ours('endpoint-config')],
    },
    {
      Sid: 'AutoScalingSetsAlarms',
      Effect: 'Allow',
      Action: ['cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
      Resource: ['endpoint', 'inference-component'].map(
        kind =>
          `arn:${partition}:cloudwatch:${region}:${account}:alarm:TargetTracking-${kind}/${AWS_PREFIX}*`,
      ),
    },
    {
      Sid: 'AutoScalingHasItsRole',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: `arn:${partition}:iam::${account}:role/${role}`,
      Condition: { StringEquals: { 'iam:AWSServiceName': service } },
    },
  ]
}

/** Who may act as the role: SageMaker, for its containers. */
export const TRUST_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: SAGEMAKER }, Action: 'sts:AssumeRole' }],
} as const

/** What the role itself needs: to pull the image, and to write the logs and metrics that are read here. */
export const ROLE_POLICY = policy([
  {
    Sid: 'ContainersPullTheirImage',
    Effect: 'Allow',
    Action: [
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
    ],
    Resource: '*',
  },
  {
    Sid: 'ContainersWriteLogsAndMetrics',
    Effect: 'Allow',
    Action: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'cloudwatch:PutMetricData',
    ],
    Resource: '*',
  },
])

function policy(statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements }
}

import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling'
import { AWS_PREFIX } from '@/lib/domain/connections/aws-policy'
import { type AwsAccount, domainOf, runtimeUrl } from './account'
import type { AwsClients } from './clients'
import { invokeNobody } from './permission-invoke'
import { zeroPermission } from './permission-zero'

/** Asks for something that is not there: AWS checks the right before it looks. */
export type Probe = { action: string; call: () => Promise<unknown> }
/** What people want to know, and the actions it takes. */
export type Permission = {
  id: string
  label: string
  probes: readonly Probe[]
  note: string | null
  /** What to do where one is missing, if it is not just to add the action. */
  remedy?: string
}

/** Nothing is called that, and the model and configuration it asks for do not exist either. */
const NOBODY = `${AWS_PREFIX}permission-test`
const NOTHING = `${NOBODY}-none`
const TAGS = { 'slipway:test': 'permission' }
/** Nor that, which is called as others call theirs. */
const ANYBODY = 'permission-test-of-slipway'

/**
 * Creating first: SageMaker refuses to make anything of what is not there. Should it ever do otherwise, the probes
 * of deleting, which are among the others, delete it.
 */
export async function permissionsOf(
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<{ create: Permission; others: Permission[] }> {
  const { account } = clients
  const options = { abortSignal }
  const [sagemaker, logs, cloudwatch, pricing, quotas] = await Promise.all([
    clients.sagemaker(),
    clients.logs(),
    clients.cloudwatch(),
    clients.pricing(),
    clients.quotas(),
  ])
  const { ResourceArn, Image } = namesIn(account)
  const EndpointName = NOBODY
  const EndpointConfigName = NOBODY
  const ModelName = NOBODY
  const model = { ModelName, ExecutionRoleArn: account.roleArn, PrimaryContainer: { Image } }
  const variant = { VariantName: 'none', ModelName: NOTHING, InstanceType: 'ml.m5.large' as const }
  const ProductionVariants = [{ ...variant, InitialInstanceCount: 1 }]
  const logGroupName = `/aws/sagemaker/Endpoints/${NOBODY}`
  const Tags = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }))
  const one = { MaxResults: 1 }
  const ServiceCode = 'sagemaker'
  const create = permission('create', 'create endpoints', {
    'sagemaker:CreateModel': () => sagemaker.createModel(model, options),
    'sagemaker:CreateEndpointConfig': () =>
      sagemaker.createEndpointConfig({ EndpointConfigName, ProductionVariants }, options),
    'sagemaker:CreateEndpoint': () =>
      sagemaker.createEndpoint({ EndpointName, EndpointConfigName: NOTHING }, options),
    'sagemaker:AddTags': () => sagemaker.addTags({ ResourceArn, Tags }, options),
  })
  const others = [
    permission('read', 'see endpoints and their state', {
      'sagemaker:DescribeEndpoint': () => sagemaker.describeEndpoint({ EndpointName }, options),
      'sagemaker:ListEndpoints': () => sagemaker.listEndpoints(one, options),
      'sagemaker:ListEndpointConfigs': () => sagemaker.listEndpointConfigs(one, options),
      'sagemaker:ListModels': () => sagemaker.listModels(one, options),
      'sagemaker:ListTags': () => sagemaker.listTags({ ResourceArn }, options),
    }),
    permission('change', 'change endpoints', {
      'sagemaker:UpdateEndpoint': () =>
        sagemaker.updateEndpoint({ EndpointName, EndpointConfigName: NOTHING }, options),
    }),
    permission('delete', 'delete endpoints', {
      'sagemaker:DeleteEndpoint': () => sagemaker.deleteEndpoint({ EndpointName }, options),
      'sagemaker:DeleteEndpointConfig': () => sagemaker.deleteEndpointConfig({ EndpointConfigName }, options),
      'sagemaker:DeleteModel': () => sagemaker.deleteModel({ ModelName }, options),
      'logs:DeleteLogGroup': () => logs.deleteLogGroup({ logGroupName }, options),
    }),
    permission('logs', 'read logs', {
      'logs:FilterLogEvents': () => logs.filterLogEvents({ logGroupName, limit: 1 }, options),
    }),
    permission('metrics', 'read metrics', {
      'cloudwatch:GetMetricData': () => cloudwatch.getMetricData(noMetrics(), options),
      'cloudwatch:ListMetrics': () => cloudwatch.listMetrics({ Namespace: 'AWS/SageMaker' }, options),
    }),
    scalingOf(await clients.scaling(), account, options),
    await zeroPermission(clients, abortSignal),
    permission('prices', 'see hardware and prices', {
      'pricing:GetProducts': () =>
        pricing.getProducts({ ServiceCode: 'AmazonSageMaker', Filters: [], ...one }, options),
    }),
    permission('quotas', 'see quotas', {
      'servicequotas:ListServiceQuotas': () => quotas.listServiceQuotas({ ServiceCode, ...one }, options),
    }),
    calling(account, abortSignal),
    await adoptingOf(clients, abortSignal),
  ]
  return { create, others }
}

function scalingOf(
  scaling: ApplicationAutoScaling,
  account: AwsAccount,
  options: { abortSignal: AbortSignal },
): Permission {
  const ServiceNamespace = 'sagemaker' as const
  const ResourceId = `endpoint/${NOBODY}/variant/none`
  const target = {
    ServiceNamespace,
    ResourceId,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount' as const,
  }
  const aim = {
    TargetValue: 1,
    PredefinedMetricSpecification: {
      PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' as const,
    },
  }
  const policy = {
    ...target,
    PolicyName: NOBODY,
    PolicyType: 'TargetTrackingScaling' as const,
    TargetTrackingScalingPolicyConfiguration: aim,
  }
  return permission(
    'scale',
    'scale endpoints by load',
    {
      'application-autoscaling:DescribeScalableTargets': () =>
        scaling.describeScalableTargets({ ServiceNamespace, ResourceIds: [ResourceId] }, options),
      'application-autoscaling:DescribeScalingPolicies': () =>
        scaling.describeScalingPolicies({ ServiceNamespace, ResourceId }, options),
      'application-autoscaling:RegisterScalableTarget': () =>
        scaling.registerScalableTarget({ ...target, MinCapacity: 1, MaxCapacity: 1 }, options),
      'application-autoscaling:TagResource': () =>
        scaling.tagResource({ ResourceARN: namesIn(account).targetArn, Tags: TAGS }, options),
      'application-autoscaling:PutScalingPolicy': () => scaling.putScalingPolicy(policy, options),
      'application-autoscaling:DeregisterScalableTarget': () =>
        scaling.deregisterScalableTarget(target, options),
    },
    'Its alarms and its service-linked role are made by AWS with the first endpoint that scales; they cannot be tried before.',
  )
}

function calling(account: AwsAccount, signal: AbortSignal): Permission {
  const url = `${runtimeUrl(account)}/endpoints/${NOBODY}/invocations`
  return permission('invoke', 'call endpoints', {
    'sagemaker:InvokeEndpoint': () => invokeNobody(account, url, '{}', signal),
    'sagemaker:InvokeEndpointWithResponseStream': () => invokeNobody(account, url, '{"stream":true}', signal),
  })
}

/** The same of names that do not begin as ours: endpoints that were in the account before. */
async function adoptingOf(clients: AwsClients, abortSignal: AbortSignal): Promise<Permission> {
  const { account } = clients
  const [sagemaker, logs] = await Promise.all([clients.sagemaker(), clients.logs()])
  const options = { abortSignal }
  const ResourceArn = namesIn(account).ResourceArn.replace(NOBODY, ANYBODY)
  const logGroupName = `/aws/sagemaker/Endpoints/${ANYBODY}`
  const url = `${runtimeUrl(account)}/endpoints/${ANYBODY}/invocations`
  const found = permission('adopt', 'look at endpoints that were there before, and call them', {
    'sagemaker:DescribeEndpoint': () => sagemaker.describeEndpoint({ EndpointName: ANYBODY }, options),
    'sagemaker:DescribeEndpointConfig': () =>
      sagemaker.describeEndpointConfig({ EndpointConfigName: ANYBODY }, options),
    'sagemaker:DescribeModel': () => sagemaker.describeModel({ ModelName: ANYBODY }, options),
    'sagemaker:ListTags': () => sagemaker.listTags({ ResourceArn }, options),
    'logs:FilterLogEvents': () => logs.filterLogEvents({ logGroupName, limit: 1 }, options),
    'sagemaker:InvokeEndpoint': () => invokeNobody(account, url, '{}', abortSignal),
    'sagemaker:InvokeEndpointWithResponseStream': () =>
      invokeNobody(account, url, '{"stream":true}', abortSignal),
  })
  const remedy =
    'Needed to adopt endpoints, and for nothing else: add the statements “SlipwayLooksAtOthers” and “SlipwayCallsAdopted” of the form’s policy.'
  return { ...found, remedy }
}

const permission = (
  id: string,
  label: string,
  calls: Record<string, Probe['call']>,
  note: string | null = null,
): Permission => ({
  id,
  label,
  note,
  probes: Object.entries(calls).map(([action, call]) => ({ action, call })),
})

function noMetrics() {
  const Metric = { Namespace: 'AWS/SageMaker', MetricName: 'Invocations', Dimensions: [] }
  const MetricStat = { Metric, Period: 60, Stat: 'Sum' }
  const EndTime = new Date()
  return {
    MetricDataQueries: [{ Id: 'none', MetricStat }],
    StartTime: new Date(EndTime.getTime() - 60_000),
    EndTime,
  }
}

function namesIn({ region, roleArn }: AwsAccount) {
  const [, partition, , , account] = roleArn.split(':')
  return {
    ResourceArn: `arn:${partition}:sagemaker:${region}:${account}:endpoint/${NOBODY}`,
    /** As AWS numbers them; no target has this one. */
    targetArn: `arn:${partition}:application-autoscaling:${region}:${account}:scalable-target/${'0'.repeat(36)}`,
    /** In no registry: a model of it is refused, after the rights to make it and to pass the role were checked. */
    Image: `${account}.dkr.ecr.${region}.${domainOf(region)}/${NOTHING}:none`,
  }
}

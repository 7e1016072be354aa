import { AWS_PREFIX } from '@/lib/domain/connections/aws-policy'
import type { AwsClients } from './clients'
import type { Permission } from './permission-probes'

const NOBODY = `${AWS_PREFIX}permission-test`
const NOTHING = `${NOBODY}-none`

/** What it takes to scale to zero. Keys of an older policy do without it. */
export async function zeroPermission(clients: AwsClients, abortSignal: AbortSignal): Promise<Permission> {
  const [sagemaker, cloudwatch] = await Promise.all([clients.sagemaker(), clients.cloudwatch()])
  const options = { abortSignal }
  const component = { InferenceComponentName: NOBODY }
  const [, partition, , , account] = clients.account.roleArn.split(':')
  const alarm = `arn:${partition}:cloudwatch:${clients.account.region}:${account}:alarm:${NOTHING}`
  const Specification = {
    ModelName: NOTHING,
    ComputeResourceRequirements: { MinMemoryRequiredInMb: 1_024 },
  }
  const created = { ...component, EndpointName: NOTHING, Specification, RuntimeConfig: { CopyCount: 1 } }
  // Of no metric, which is refused.
  const impossible = {
    AlarmName: NOTHING,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
  }
  const calls: Record<string, () => Promise<unknown>> = {
    'sagemaker:ListInferenceComponents': () => sagemaker.listInferenceComponents({ MaxResults: 1 }, options),
    'sagemaker:CreateInferenceComponent': () => sagemaker.createInferenceComponent(created, options),
    'sagemaker:DescribeInferenceComponent': () => sagemaker.describeInferenceComponent(component, options),
    'sagemaker:UpdateInferenceComponentRuntimeConfig': () =>
      sagemaker.updateInferenceComponentRuntimeConfig(
        { ...component, DesiredRuntimeConfig: { CopyCount: 0 } },
        options,
      ),
    'sagemaker:DeleteInferenceComponent': () => sagemaker.deleteInferenceComponent(component, options),
    'cloudwatch:DescribeAlarms': () => cloudwatch.describeAlarms({ AlarmNames: [NOTHING] }, options),
    'cloudwatch:PutMetricAlarm': () => cloudwatch.putMetricAlarm(impossible, options),
    'cloudwatch:TagResource': () =>
      cloudwatch.tagResource({ ResourceARN: alarm, Tags: [{ Key: 'slipway:test', Value: 'none' }] }, options),
    'cloudwatch:DeleteAlarms': () => cloudwatch.deleteAlarms({ AlarmNames: [NOTHING] }, options),
  }
  return {
    id: 'zero',
    label: 'scale endpoints to zero, and wake them',
    note: null,
    remedy:
      'Needed to scale to zero, and for nothing else: take “SlipwayRunsItsEndpoints”, “SlipwayReadsTheirLogs”, “SlipwayWakesWhatRestsAtZero” and “AutoScalingSetsAlarms” from the form’s policy as they are now.',
    probes: Object.entries(calls).map(([action, call]) => ({ action, call })),
  }
}

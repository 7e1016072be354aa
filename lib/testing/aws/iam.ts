import type { Policy, Statement } from '@/lib/domain/connections/aws-policy'
import type { AwsJson } from './moto'
import { Refused } from './refused'

const ACCOUNT = '123456789012'
/** Where the name of a service in a signature is another than in policies. */
const PREFIXES: Record<string, string> = { monitoring: 'cloudwatch' }
/** Whoever has keys may ask who they are. */
const FREE = ['sts:GetCallerIdentity']

type Context = Record<string, string | string[]>
type Asked = {
  service: string
  action: string
  region: string
  input: AwsJson
  url: string
  /** Whom an invocation names besides the endpoint. */
  component?: string | undefined
}

/**
 * IAM, as far as the tests need it: what the policy does not allow on what is named is refused. So nothing the
 * provider does can need more than people are told to allow.
 */
export class Iam {
  /** Everything that was asked, as policies call it. */
  readonly asked = new Set<string>()

  #statements: readonly Statement[]

  constructor(private readonly policy: Policy) {
    this.#statements = policy.Statement
  }

  /** As if somebody had put these into the policy besides. */
  allow(statements: readonly Statement[]): void {
    this.#statements = [...this.policy.Statement, ...statements]
  }

  /** As if the policy were of a time without these. */
  forget(...sids: string[]): void {
    this.#statements = this.policy.Statement.filter(({ Sid }) => !sids.includes(Sid))
  }

  require(asked: Asked): void {
    const action = `${PREFIXES[asked.service] ?? asked.service}:${asked.action}`
    this.asked.add(action)
    if (FREE.includes(action)) return
    const namespace = asked.input.ServiceNamespace
    const context: Context = {}
    if (typeof namespace === 'string') context['application-autoscaling:service-namespace'] = namespace
    if (asked.action === 'TagResource') context['aws:TagKeys'] = Object.keys(asked.input.Tags ?? {})
    for (const resource of resourcesOf(asked)) this.#require(action, resource, context)
    // Whoever makes an alarm with tags must be allowed to tag it.
    if (action === 'cloudwatch:PutMetricAlarm' && asked.input.Tags !== undefined)
      for (const resource of resourcesOf(asked)) this.#require('cloudwatch:TagResource', resource)
    const { ExecutionRoleArn } = asked.input
    if (typeof ExecutionRoleArn === 'string')
      this.#require('iam:PassRole', ExecutionRoleArn, { 'iam:PassedToService': 'sagemaker.amazonaws.com' })
  }

  #require(action: string, resource: string, context: Context = {}): void {
    const isAllowed = this.#statements.some(
      ({ Action, Resource, Condition }) =>
        Action.includes(action) &&
        [Resource].flat().some(pattern => matches(pattern, resource)) &&
        Object.entries(Condition?.StringEquals ?? {}).every(([key, value]) => context[key] === value) &&
        Object.entries(Condition?.['ForAllValues:StringLike'] ?? {}).every(([key, pattern]) =>
          [context[key] ?? []].flat().every(value => matches(pattern, value)),
        ),
    )
    if (isAllowed) return
    const who = `User: arn:aws:iam::${ACCOUNT}:user/slipway`
    const what = `is not authorized to perform: ${action} on resource: ${resource}`
    throw new Refused(403, 'AccessDeniedException', `${who} ${what}`)
  }
}

const KINDS = {
  EndpointName: 'endpoint',
  EndpointConfigName: 'endpoint-config',
  ModelName: 'model',
  InferenceComponentName: 'inference-component',
} as const

/** What a call names; one that names nothing is about everything. */
function resourcesOf({ service, region, input, url, component }: Asked): string[] {
  const named = Object.entries(KINDS).flatMap(([key, kind]) =>
    typeof input[key] === 'string' ? [`arn:aws:sagemaker:${region}:${ACCOUNT}:${kind}/${input[key]}`] : [],
  )
  const [, invoked] = /^\/endpoints\/([^/]+)\//.exec(url) ?? []
  if (invoked) named.push(`arn:aws:sagemaker:${region}:${ACCOUNT}:endpoint/${invoked}`)
  if (component) named.push(`arn:aws:sagemaker:${region}:${ACCOUNT}:inference-component/${component}`)
  for (const alarm of [input.AlarmName, input.AlarmNames].flat())
    if (typeof alarm === 'string') named.push(`arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:${alarm}`)
  if (service === 'sagemaker' && typeof input.ResourceArn === 'string') named.push(input.ResourceArn)
  if (typeof input.ResourceARN === 'string') named.push(input.ResourceARN)
  if (typeof input.logGroupName === 'string')
    named.push(`arn:aws:logs:${region}:${ACCOUNT}:log-group:${input.logGroupName}:*`)
  return named.length > 0 ? named : ['*']
}

/** `*` alone is everything; within a pattern it is any text. */
function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(resource)
}

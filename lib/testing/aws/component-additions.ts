import type { Addition } from './additions'
import type { Hosting } from './hosting'
import { jsonAnswer as json } from './json-answer'
import type { AwsJson, HttpAnswer, HttpCall } from './moto'
import { Refused } from './refused'

const nameIn = (input: AwsJson) => String(input.InferenceComponentName)

/** It scales variants only: a component is one of the endpoint of its name. */
export function inWordsOfMoto(input: AwsJson): AwsJson {
  const variantOf = (id: unknown) =>
    String(id).replace(/^inference-component\/(.+)$/, 'endpoint/$1/variant/copies')
  const { ResourceId, ResourceIds, ScalableDimension } = input
  return {
    ...input,
    ...(ResourceId === undefined ? {} : { ResourceId: variantOf(ResourceId) }),
    ...(Array.isArray(ResourceIds) ? { ResourceIds: ResourceIds.map(variantOf) } : {}),
    ...(ScalableDimension === undefined
      ? {}
      : { ScalableDimension: 'sagemaker:variant:DesiredInstanceCount' }),
  }
}

/** Inference components, of which moto has nothing, and what it does not refuse of the alarms that wake them. */
export function componentAdditions(
  hosting: Hosting,
  ofMoto: (call: HttpCall, input: AwsJson) => Promise<HttpAnswer>,
): Record<string, Addition> {
  const { components } = hosting
  const translated: Addition = (call, input) => ofMoto(call, inWordsOfMoto(input))
  return {
    CreateInferenceComponent: async (_, input) => {
      const variant = hosting.variantAt(String(input.EndpointName))
      return json(200, await components.create(input, variant))
    },
    DescribeInferenceComponent: async (_, input) => json(200, components.describe(nameIn(input))),
    ListInferenceComponents: async (_, input) => json(200, components.list(String(input.NameContains ?? ''))),
    UpdateInferenceComponentRuntimeConfig: async (_, input) => {
      const { CopyCount } = input.DesiredRuntimeConfig as { CopyCount: number }
      return json(200, components.scale(nameIn(input), CopyCount))
    },
    DeleteInferenceComponent: async (_, input) => {
      components.remove(nameIn(input))
      return json(200, {})
    },
    DescribeScalableTargets: translated,
    DescribeScalingPolicies: translated,
    PutScalingPolicy: translated,
    DeregisterScalableTarget: translated,
    PutMetricAlarm: async (call, input) => {
      if (input.MetricName === undefined)
        throw new Refused(400, 'ValidationError', 'Exactly one of MetricName and Metrics must be given.')
      return await ofMoto(call, input)
    },
  }
}

// A stand-in's schemas, written by hand for the tests from Microsoft's published specification: Azure/azure-rest-api-specs,
// specification/monitor/resource-manager/Microsoft.Insights/stable/2018-01-01/metrics_API.json (Response, ErrorResponse)
// and its examples/GetMetric.json for what commonMonitoringTypes.json (Metric) holds; ../2022-10-01/autoscale_API.json
// (AutoscaleSettingResource and what it refers to, AutoscaleSettingResourceCollection).
import { object, oneOf, type Schema, text, texts } from './arm'

const number: Schema = { type: 'number' }
const localizable = object({ value: text, localizedValue: text }, ['value'])
const list = (items: Schema): Schema => ({ type: 'array', items })

const value = object(
  { timeStamp: text, average: number, minimum: number, maximum: number, total: number, count: number },
  ['timeStamp'],
)
const series = object({ metadatavalues: list(object({ name: localizable, value: text })), data: list(value) })
const metric = object(
  {
    id: text,
    type: text,
    name: localizable,
    displayDescription: text,
    errorCode: text,
    errorMessage: text,
    unit: oneOf('Count', 'Bytes', 'Seconds', 'CountPerSecond', 'BytesPerSecond', 'Percent', 'MilliSeconds'),
    timeseries: list(series),
  },
  ['id', 'type', 'name', 'unit', 'timeseries'],
)
export const metricsTold = object(
  {
    cost: { type: 'integer', minimum: 0 },
    timespan: text,
    interval: text,
    namespace: text,
    resourceregion: text,
    value: list(metric),
  },
  ['timespan', 'value'],
)

/** An ISO 8601 duration. */
const duration: Schema = { type: 'string', pattern: '^P(T?\\d+[DHMS])+$' }
const trigger = object(
  {
    metricName: text,
    metricNamespace: text,
    metricResourceUri: text,
    metricResourceLocation: text,
    timeGrain: duration,
    statistic: oneOf('Average', 'Min', 'Max', 'Sum', 'Count'),
    timeWindow: duration,
    timeAggregation: oneOf('Average', 'Minimum', 'Maximum', 'Total', 'Count', 'Last'),
    operator: oneOf(
      'Equals',
      'NotEquals',
      'GreaterThan',
      'GreaterThanOrEqual',
      'LessThan',
      'LessThanOrEqual',
    ),
    threshold: number,
    dimensions: list({ type: 'object' }),
    dividePerInstance: { type: 'boolean' },
  },
  [
    'metricName',
    'metricResourceUri',
    'timeGrain',
    'statistic',
    'timeWindow',
    'timeAggregation',
    'operator',
    'threshold',
  ],
)
const action = object(
  {
    direction: oneOf('None', 'Increase', 'Decrease'),
    type: oneOf('ChangeCount', 'PercentChangeCount', 'ExactCount', 'ServiceAllowedNextValue'),
    value: text,
    cooldown: duration,
  },
  ['direction', 'type', 'cooldown'],
)
const profile = object(
  {
    name: text,
    capacity: object({ minimum: text, maximum: text, default: text }, ['minimum', 'maximum', 'default']),
    rules: {
      ...list(object({ metricTrigger: trigger, scaleAction: action }, ['metricTrigger', 'scaleAction'])),
      maxItems: 10,
    },
    fixedDate: { type: 'object' },
    recurrence: { type: 'object' },
  },
  ['name', 'capacity', 'rules'],
)
const setting = object(
  {
    profiles: { ...list(profile), maxItems: 20 },
    notifications: list({ type: 'object' }),
    enabled: { type: 'boolean' },
    predictiveAutoscalePolicy: { type: 'object' },
    name: text,
    targetResourceUri: text,
    targetResourceLocation: text,
  },
  ['profiles'],
)
export const autoscaleAsked = object({ location: text, tags: texts, properties: setting }, [
  'location',
  'properties',
])
export const autoscaleTold = object(
  {
    id: text,
    name: text,
    type: text,
    location: text,
    tags: texts,
    properties: setting,
    systemData: { type: 'object' },
  },
  ['location', 'properties'],
)
export const autoscalesTold = object({ value: list(autoscaleTold), nextLink: text }, ['value'])

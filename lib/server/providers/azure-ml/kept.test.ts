import { expect, test } from 'vitest'
import { keptOf, keptTags, secondsOf } from './kept'
import { takenTag } from './tags'

const probe = {
  initialDelay: 'PT10S',
  period: 'PT10S',
  timeout: 'PT2S',
  successThreshold: 1,
  failureThreshold: 30,
}
const theirs = {
  livenessProbe: probe,
  readinessProbe: { ...probe, failureThreshold: 3 },
  requestSettings: { maxConcurrentRequestsPerInstance: 1, maxQueueWait: 'PT0.5S', requestTimeout: 'PT5S' },
  appInsightsEnabled: true,
}

test('what was taken over keeps its probes and limits; each tag is as short as Azure wants it', () => {
  const tags = { ...takenTag(1, 'blue'), ...keptTags({ ...theirs, startupProbe: null }) }
  expect(keptOf(tags)).toEqual(theirs)
  expect(Math.max(...Object.values(tags).map(({ length }) => length))).toBeLessThan(256)
})

test('what Azure did not say, or somebody wrote over, is left to Azure', () => {
  expect(keptOf({ ...takenTag(1, 'blue'), 'slipway:kept-livenessProbe': 'x' })).toEqual({})
})

test('what we made ourselves has time to load its model', () => {
  expect(keptOf(keptTags(theirs))).toMatchObject({ livenessProbe: { failureThreshold: 180 } })
})

test('durations are read as Azure writes them', () => {
  expect(['PT5S', 'PT1M30S', 'PT1H', 'PT0.5S'].map(secondsOf)).toEqual([5, 90, 3_600, 0.5])
  expect(['PT', 'P1D', 'soon', null].map(secondsOf)).toEqual([null, null, null, null])
})

import { expect, test } from 'vitest'
import { DEFAULT_SCALING } from '@/lib/domain/endpoint/spec'
import { autoscaleSetting } from './answers'
import { autoscaleBody, rangeIn, rangeOf, rangeOfText, replicasText } from './scaling'

const SCALING = { ...DEFAULT_SCALING, minReplicas: 1, maxReplicas: 4, requestsPerMinute: 50 }
const RANGE = { least: 1, most: 4, requestsPerMinute: 50 }
const TARGET = { name: 'rev-1', id: '/subscriptions/s/deployments/rev-1', location: 'eastus', tags: {} }

test('a range is scaled, one number is not', () => {
  expect(rangeOf(SCALING)).toEqual(RANGE)
  expect(rangeOf({ ...SCALING, maxReplicas: 1 })).toBeNull()
  expect(rangeOf(DEFAULT_SCALING)).toBeNull()
})

test('a tag says what is wanted, and a setting what is so', () => {
  expect(rangeOfText(replicasText(SCALING))).toEqual(RANGE)
  expect(rangeOfText(replicasText(DEFAULT_SCALING))).toBeNull()
  expect(rangeOfText(null)).toBeNull()
  const told = { ...autoscaleBody(TARGET, RANGE), name: 'any' }
  expect(rangeIn(autoscaleSetting.parse(told))).toEqual(RANGE)
  const off = { ...told, properties: { ...told.properties, enabled: false } }
  expect(rangeIn(autoscaleSetting.parse(off))).toBeNull()
})

test('one goes only well below the number at which one comes', () => {
  const [up, down] = autoscaleBody(TARGET, RANGE).properties.profiles[0]?.rules ?? []
  expect([up?.scaleAction.direction, up?.metricTrigger.threshold]).toEqual(['Increase', 50])
  expect([down?.scaleAction.direction, down?.metricTrigger.threshold]).toEqual(['Decrease', 35])
})

import { expect, test } from 'vitest'
import { groupRole, isGranted, roleCommands, subscriptionRole } from './azure-role'

const PLACE = { subscriptionId: '33333333-3333-4333-8333-333333333333', resourceGroup: 'models' }
const WRITE = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write'

test('a role allows by wildcard, takes back by name, and another role may allow it again', () => {
  const role = (actions: string[], notActions: string[] = []) => ({ actions, notActions })
  expect(isGranted([role(['*'])], WRITE)).toBe(true)
  expect(isGranted([role(['microsoft.machinelearningservices/workspaces/*/WRITE'])], WRITE)).toBe(true)
  expect(isGranted([role(['Microsoft.MachineLearningServices/workspaces/*/read'])], WRITE)).toBe(false)
  expect(isGranted([role(['*'], [WRITE])], WRITE)).toBe(false)
  expect(isGranted([role(['*'], [WRITE]), role([WRITE])], WRITE)).toBe(true)
  expect(isGranted([role(['MicrosoftXMachineLearningServices*'])], WRITE)).toBe(false)
  expect(isGranted([], WRITE)).toBe(false)
})

test('both roles name their own place, and nothing in them is wider than a name', () => {
  const group = groupRole(PLACE)
  expect(group.AssignableScopes).toEqual([`/subscriptions/${PLACE.subscriptionId}/resourceGroups/models`])
  const all = [...group.Actions, ...subscriptionRole(PLACE).Actions]
  expect(all.filter(action => action.includes('*'))).toEqual([])
  expect(new Set(all).size).toBe(all.length)
  expect(subscriptionRole(PLACE).Actions.filter(action => !action.endsWith('/read'))).toEqual([])
})

test('the lines make each role and give it to the app', () => {
  const lines = roleCommands(PLACE, 'the-app')
  expect(lines.match(/^az role definition create/gm)).toHaveLength(2)
  expect(lines).toContain(
    `--assignee "the-app" --role "Slipway endpoints in models" --scope "/subscriptions/${PLACE.subscriptionId}/resourceGroups/models"`,
  )
})

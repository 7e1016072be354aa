import { expect, test } from 'vitest'
import { awsPlaceOf, manageStatements, permissionPolicy } from './aws-policy'

const place = (region: string, roleArn: string) => {
  const found = awsPlaceOf(region, roleArn)
  if (!found) throw new Error('no place')
  return found
}

test('a role and a region say which account the policy is for', () => {
  expect(awsPlaceOf('us-east-1', 'arn:aws:iam::123456789012:role/models')).toMatchObject({
    account: '123456789012',
  })
  for (const [region, role] of [
    ['us-east-1', ''],
    ['us-east-1', 'arn:aws:iam::123456789012:user/models'],
    ['', 'arn:aws:iam::123456789012:role/models'],
  ] as const)
    expect(awsPlaceOf(region, role)).toBeNull()
})

/** And calling, which changes nothing of the endpoint either. */
const READING = /:(List|Get|Describe|Filter|Invoke)/

test('what was there before is only read and called, until one is named', () => {
  const where = place('us-east-1', 'arn:aws:iam::123456789012:role/models')
  const { Statement } = permissionPolicy(where)
  const open = Statement.filter(({ Resource }) =>
    [Resource].flat().some(each => each.endsWith(':endpoint/*')),
  )
  expect(open.map(({ Sid }) => Sid)).toEqual(['SlipwayLooksAtOthers', 'SlipwayCallsAdopted'])
  expect(open.flatMap(({ Action }) => Action).filter(action => !READING.test(action))).toEqual([])
  for (const { Resource } of manageStatements(where, 'their-llama'))
    for (const each of [Resource].flat()) expect(each).toMatch(/[/:]their-llama(\/\*|:\*)?$/)
})

test('what changes anything names what is ours, and the role goes to SageMaker alone', () => {
  const { Statement } = permissionPolicy(place('cn-north-1', 'arn:aws-cn:iam::123456789012:role/a/models'))
  const wide = Statement.filter(({ Resource, Condition }) => Resource === '*' && !Condition).flatMap(
    ({ Action }) => Action,
  )
  expect(wide.filter(action => !/:(List|Get|Describe)/.test(action))).toEqual([])
  const passRole = Statement.find(({ Action }) => Action.includes('iam:PassRole'))
  expect(passRole).toMatchObject({
    Resource: 'arn:aws-cn:iam::123456789012:role/a/models',
    Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  })
  const tagging = Statement.find(({ Action }) => Action.includes('application-autoscaling:TagResource'))
  expect(tagging?.Condition).toEqual({ 'ForAllValues:StringLike': { 'aws:TagKeys': 'slipway:*' } })
  const changing = Statement.filter(
    each => each !== tagging && !each.Action.every(action => READING.test(action)),
  )
  const named = changing.filter(({ Resource }) => Resource !== '*').flatMap(({ Resource }) => Resource)
  for (const resource of named)
    expect(resource).toMatch(/^arn:aws-cn:.*(slipway-\*|:role\/a\/models|_SageMakerEndpoint)$/)
})

import { expect, it } from 'vitest'
import { adoptedName } from './adopted-name'
import { endpointNameProblem } from './name-problem'

it.each([
  ['sentiment-abc', 'sentiment-abc'],
  ['My_Model', 'my-model'],
  ['new', 'adopted'],
  ['___', 'adopted'],
  [`${'x'.repeat(31)}-y`, 'x'.repeat(31)],
])('%s is known here as %s', (theirs, ours) => {
  expect(adoptedName(theirs, () => true)).toBe(ours)
  expect(endpointNameProblem(ours)).toBeNull()
})

it('takes the next number where a name is taken', () => {
  expect(adoptedName('one', name => !['one', 'one-2'].includes(name))).toBe('one-3')
  const long = adoptedName('x'.repeat(32), name => name.length < 32 || name.endsWith('-2'))
  expect(endpointNameProblem(long)).toBeNull()
})

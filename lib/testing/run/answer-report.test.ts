import { expect, it } from 'vitest'
// @ts-expect-error plain JavaScript on purpose: it runs before any package is installed
import { answerReport } from './answer-report.mjs'

it('each place says who answered what, over all suites', () => {
  const lines = [
    { place: 'AWS', by: 'stand-in', actions: { CreateEndpoint: 2 } },
    { place: 'AWS', by: 'emulated', actions: { CreateModel: 1 } },
    { place: 'AWS', by: 'stand-in', actions: { AddTags: 1, CreateEndpoint: 3 } },
  ]
  expect(answerReport(lines.map(line => `${JSON.stringify(line)}\n`).join(''))).toEqual([
    'AWS, emulated: CreateModel 1 (1 in all)',
    'AWS, stand-in: AddTags 1, CreateEndpoint 5 (6 in all)',
  ])
  expect(answerReport('')).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { TASKS } from '@/lib/domain/endpoint/task'
import { answerOf } from './answer'
import { bodyOf, exampleFields, exampleJson, formKindOf } from './form'

describe('forms', () => {
  it('start with an example for every task that has one, and make the toolkit’s wire format', () => {
    for (const task of TASKS) {
      const kind = formKindOf(task)
      expect(() => JSON.parse(exampleJson(task))).not.toThrow()
      if (['text', 'qa', 'labels', 'similarity', 'ranking', 'chat'].includes(kind))
        expect(exampleFields(task).main).not.toBe('')
    }
    expect(bodyOf('labels', { main: 'a', second: 'x\n y \n\n' })).toEqual({
      inputs: 'a',
      parameters: { candidate_labels: ['x', 'y'] },
    })
    expect(bodyOf('qa', { main: 'q', second: 'c' })).toEqual({ inputs: { question: 'q', context: 'c' } })
  })
})

describe('answers', () => {
  it('are recognised by shape', () => {
    expect(answerOf([{ label: 'positive', score: 0.9 }])).toMatchObject({ kind: 'scores' })
    expect(answerOf({ sequence: 'a', labels: ['x'], scores: [0.5] })).toEqual({
      kind: 'scores',
      items: [{ label: 'x', score: 0.5 }],
    })
    expect(answerOf([{ entity_group: 'PER', word: 'Grace', score: 0.9, start: 0, end: 5 }])).toMatchObject({
      kind: 'entities',
    })
    expect(answerOf([{ generated_text: 'hello' }])).toEqual({ kind: 'text', text: 'hello' })
    expect(answerOf({ text: 'spoken', chunks: [] })).toEqual({ kind: 'text', text: 'spoken' })
    expect(
      answerOf([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
    ).toMatchObject({ kind: 'vector', vectors: 2, dimensions: 2 })
    expect(answerOf([{ label: 'cat', score: 1, box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } }])).toMatchObject(
      { kind: 'boxes' },
    )
    expect(answerOf({ anything: 'else' })).toEqual({ kind: 'json' })
    expect(answerOf([])).toEqual({ kind: 'json' })
  })
})

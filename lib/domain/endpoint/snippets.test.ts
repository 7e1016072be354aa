import { describe, expect, it } from 'vitest'
import { exampleRequest } from './example-request'
import { SNIPPET_LANGUAGES, shellQuote, snippet } from './snippets'
import { TASKS } from './task'

const input = {
  url: 'http://localhost:8080/main/sample-sentiment',
  task: 'text-classification',
  security: 'protected',
  token: null,
} as const

describe('a curl line', () => {
  it('reads the token from the environment', () => {
    expect(snippet('curl', input)).toBe(
      [
        'curl http://localhost:8080/main/sample-sentiment \\',
        '  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d '{"inputs":"The new release is great and the docs are clear."}'`,
      ].join('\n'),
    )
  })

  it('has a token filled in once there is one, and none where nobody is asked', () => {
    expect(snippet('curl', { ...input, token: 'slip_abc' })).toContain('"Authorization: Bearer slip_abc"')
    expect(snippet('curl', { ...input, security: 'public' })).not.toContain('Authorization')
  })

  it('pipes a file in, since there is none on the reader’s disk', () => {
    const line = snippet('curl', { ...input, task: 'image-classification' })
    expect(line).toMatch(/^echo iVBOR\S+ \| base64 -d \|\ncurl /)
    expect(line).toContain('--data-binary @-')
    expect(line).toContain('Content-Type: image/png')
  })

  it('survives quotes', () => {
    expect(shellQuote("it's")).toBe(`'it'\\''s'`)
  })
})

describe('a Python snippet', () => {
  it('needs only the standard library', () => {
    const code = snippet('python', input)
    expect(code).toContain('import json\nimport os\nimport urllib.request\n')
    expect(code).toContain('f"Bearer {os.environ[\'SLIPWAY_TOKEN\']}"')
    expect(code).toContain(
      'json.dumps({"inputs": "The new release is great and the docs are clear."}).encode()',
    )
  })

  it('imports nothing it does not use', () => {
    expect(snippet('python', { ...input, security: 'public' })).not.toContain('import os')
  })
})

describe('a JavaScript snippet', () => {
  it('parses as a module in every task', () => {
    for (const task of TASKS) {
      const code = snippet('javascript', { ...input, task })
      // An async function's body may await, as a module's top level may.
      expect(() => Reflect.construct(AsyncFunction, [code]), task).not.toThrow()
    }
  })
})

const AsyncFunction = (async () => {}).constructor as new (code: string) => unknown

describe('every task', () => {
  it('has an example in every language', () => {
    for (const task of TASKS) {
      expect(exampleRequest(task)).toBeDefined()
      for (const language of SNIPPET_LANGUAGES)
        expect(snippet(language, { ...input, task })).toContain(input.url)
    }
  })
})

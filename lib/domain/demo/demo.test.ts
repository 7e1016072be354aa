import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TASKS } from '@/lib/domain/endpoint/task'
import { sampleSpec } from '@/lib/testing/specs'
import { DEMO_KINDS, DEMO_VERSIONS, type DemoOf } from './demo'
import { demoFiles } from './demo-files'
import { obstaclesOfSpace } from './obstacles'
import { bodyExpression, literal } from './python'

const demo: DemoOf = {
  name: 'sentiment',
  url: 'https://gateway.example.com/acme/sentiment',
  task: 'text-classification',
  security: 'protected',
  model: 'acme/model',
}
const textOf = (kind: 'gradio' | 'streamlit', path: string, of = demo) =>
  demoFiles(kind, of).find(file => file.path === path)?.text ?? ''

describe('a demo', () => {
  it.each(DEMO_KINDS)('of %s pins what the tests run', kind => {
    const pinned = `${kind}==${DEMO_VERSIONS[kind]}\n`
    expect(textOf(kind, 'requirements.txt')).toBe(pinned)
    expect(readFileSync('lib/testing/demo/requirements.txt', 'utf8')).toContain(pinned)
  })

  it('reads the token from the environment, for every task', () => {
    for (const kind of DEMO_KINDS)
      for (const task of TASKS) {
        const app = textOf(kind, 'app.py', { ...demo, task })
        expect(app).toContain('os.environ.get("SLIPWAY_TOKEN", "")')
        expect(app).toContain(`URL = "${demo.url}"`)
      }
  })

  it('has the front matter of a Space; Streamlit runs in Docker there', () => {
    expect(textOf('gradio', 'README.md')).toMatch(
      /^---\ntitle: "sentiment"\n[\s\S]*sdk: gradio\nsdk_version: 6\.31\.0\n[\s\S]*\n---\n/,
    )
    expect(textOf('streamlit', 'README.md')).toMatch(
      /^---\n[\s\S]*sdk: docker\napp_port: 8501\n[\s\S]*\n---\n/,
    )
    expect(textOf('streamlit', 'Dockerfile')).toContain('--server.port=8501')
    expect(textOf('gradio', 'README.md')).toContain('SLIPWAY_TOKEN')
    expect(textOf('gradio', 'README.md', { ...demo, security: 'public' })).not.toContain('SLIPWAY_TOKEN')
  })
})

describe('Python', () => {
  it('has literals that nothing can break out of', () => {
    expect(literal({ a: [null, true, 1.5, 'x"\n\\'] })).toBe('{"a": [None, True, 1.5, "x\\"\\n\\\\"]}')
  })

  it('sends the bodies the playground sends', () => {
    expect(bodyExpression('text')).toBe('{"inputs": main}')
    expect(bodyExpression('qa')).toBe('{"inputs": {"question": main, "context": second}}')
    expect(bodyExpression('labels')).toBe(
      '{"inputs": main, "parameters": {"candidate_labels": lines(second)}}',
    )
  })
})

describe('a Space', () => {
  it('is warned of where the gateway cannot be reached from outside, or lets only some addresses in', () => {
    const of = (url: string, changes: object = {}) =>
      obstaclesOfSpace({ url, spec: { ...sampleSpec(changes), secretNames: [] } })
    expect(of('https://gateway.example.com/a/b')).toEqual([])
    for (const host of ['localhost', '127.0.0.1', '10.1.2.3', '172.20.0.1', '[::1]', 'gpu.internal'])
      expect(of(`http://${host}:8080/a/b`)).toEqual([expect.stringContaining('SLIPWAY_GATEWAY_URL')])
    const security = { level: 'private', allowedRanges: ['10.0.0.0/8'] }
    expect(of('https://gateway.example.com/a/b', { security })).toEqual([
      expect.stringContaining('10.0.0.0/8'),
    ])
  })
})

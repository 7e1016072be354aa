import { describe, expect, it } from 'vitest'
import { createCurl } from './create-curl'
import { EMPTY_DRAFT } from './draft'
import { specOf } from './draft-check'
import { hfEndpointBody } from './hf-compat-body'

const spec = specOf({
  ...EMPTY_DRAFT,
  source: { kind: 'sample', name: 'sentiment' },
  task: 'text-classification',
  instanceType: 'local-this-machine-cpu-x1',
  env: [{ name: 'GREETING', value: "it's" }],
})

describe('the wizard’s request as curl', () => {
  it('is a body the API takes, quoted for a shell, without any secret’s value', () => {
    if (!spec) throw new Error('The draft is complete.')
    const curl = createCurl({
      url: 'http://localhost:3000/v2/endpoint/main',
      name: 'demo',
      spec,
      secretNames: ['KEY'],
      instance: undefined,
    })
    const quoted = /-d '([\s\S]*)'$/.exec(curl)?.[1] ?? ''
    const body: unknown = JSON.parse(quoted.replaceAll(`'\\''`, "'"))
    expect(hfEndpointBody.safeParse(body).success).toBe(true)
    expect(body).toMatchObject({ model: { env: { GREETING: "it's" }, secrets: { KEY: '<KEY>' } } })
    expect(curl).toContain('$SLIPWAY_TOKEN')
  })
})

import { describe, expect, it } from 'vitest'
import { parseSettings } from './settings'

const folder = { HF_TASK: 'fill-mask', HF_MODEL_DIR: '/models/x' }

describe('the environment contract', () => {
  it('needs a model and a task, and has a default for the rest', () => {
    expect(parseSettings(folder)).toEqual({
      source: { kind: 'folder', folder: '/models/x' },
      task: 'fill-mask',
      threads: 1,
      dtype: null,
      host: '127.0.0.1',
      port: 0,
      portFile: null,
      bodyLimitBytes: 64 * 1024 * 1024,
      queueLimit: 64,
    })
  })

  it('reads a Hub model, at main unless pinned', () => {
    const hub = {
      HF_TASK: 'fill-mask',
      HF_MODEL_ID: 'acme/x',
      HF_ENDPOINT: 'https://hub.acme.test/',
      HF_HOME: '/c',
    }
    expect(parseSettings({ ...hub, HF_TOKEN: '' }).source).toEqual({
      kind: 'hub',
      repository: 'acme/x',
      revision: 'main',
      endpoint: 'https://hub.acme.test',
      token: null,
      home: '/c',
      offline: false,
    })
    expect(parseSettings({ ...hub, HF_REVISION: 'abc', HF_TOKEN: 'hf_x' }).source).toMatchObject({
      revision: 'abc',
      token: 'hf_x',
    })
  })

  it.each([
    [{}, 'HF_TASK'],
    [{ HF_TASK: 'fill-mask' }, 'HF_MODEL_ID'],
    [{ ...folder, HF_MODEL_ID: 'acme/x' }, 'HF_MODEL_ID'],
    [{ ...folder, PORT: '70000' }, 'PORT'],
    [{ ...folder, SLIPWAY_THREADS: '0' }, 'SLIPWAY_THREADS'],
    [{ ...folder, HF_ENDPOINT: 'ftp://x' }, 'HF_ENDPOINT'],
    [{ ...folder, HF_TASK: 'custom' }, 'HF_TASK'],
  ])('names what it cannot use: %j', (environment, name) => {
    expect(() => parseSettings(environment)).toThrow(name)
  })
})

import { describe, expect, it } from 'vitest'
import { hubErrorMessage } from './errors'
import { type DownloadProgress, ProgressReporter } from './progress'
import { isSettingsFile } from './settings-files'

describe('settings files', () => {
  it.each([
    'config.json',
    'tokenizer.json',
    'vocab.txt',
    'spiece.model',
    'chat_template.jinja',
    '1_Pooling/config.json',
  ])('are fetched: %s', path => expect(isSettingsFile(path)).toBe(true))
  it.each([
    'model.safetensors',
    'model.safetensors.index.json',
    'onnx/model.onnx',
    'README.md',
    'handler.py',
  ])('are not: %s', path => expect(isSettingsFile(path)).toBe(false))
})

describe('download progress', () => {
  it('reports often, logs seldom, and ends at all of it', () => {
    let now = 0
    const reports: DownloadProgress[] = []
    const progress = new ProgressReporter(
      10_000_000,
      report => reports.push(report),
      () => now,
    )
    for (let step = 0; step < 100; step++) {
      now += 100
      progress.add('model.onnx', 100_000)
    }
    progress.finished('model.onnx')
    expect(reports.length).toBeGreaterThan(20)
    expect(reports.length).toBeLessThan(60)
    expect(reports.filter(report => report.log)).toHaveLength(2)
    expect(reports.at(-1)).toEqual({
      message: 'Downloaded model.onnx, 100 % of 10.0 MB',
      progress: 1,
      log: true,
    })
  })

  it('knows no share when the Hub states no size', () => {
    const reports: DownloadProgress[] = []
    new ProgressReporter(0, report => reports.push(report)).add('x', 5)
    expect(reports).toEqual([{ message: 'Downloading x', progress: null, log: false }])
  })
})

describe('what the Hub refuses', () => {
  const source = {
    kind: 'hub',
    repository: 'acme/x',
    revision: 'main',
    endpoint: 'https://hub.test',
    token: null,
    home: '/',
    offline: false,
  } as const

  it.each([
    [401, 'GatedRepo', 'is gated. Accept its terms at https://hub.test/acme/x'],
    [401, 'RepoNotFound', 'There is no model acme/x'],
    [404, 'RevisionNotFound', 'has no revision "main"'],
    [429, '', 'limits how often'],
    [418, '', 'answered 418'],
  ])('becomes a sentence: %i %s', (status, code, message) => {
    expect(hubErrorMessage(source, status, new Headers({ 'X-Error-Code': code }))).toContain(message)
  })
})

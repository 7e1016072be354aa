import { describe, expect, it } from 'vitest'
import { endpointIdOfHost, originForm, splitTarget, teamSlugOf, withoutQuery } from './target'

describe('the target of a request', () => {
  it.each([
    ['/main/sample', 'main/sample', '/'],
    ['/main/sample/', 'main/sample', '/'],
    ['/main/sample/v1/chat?x=1', 'main/sample', '/v1/chat?x=1'],
    ['/main/sample?x=/a', 'main/sample', '/?x=/a'],
    ['/main/sample//double/../up', 'main/sample', '//double/../up'],
    ['/main/s%61mple/x', 'main/s%61mple', '/x'],
  ])('of %s is %s and %s', (url, name, path) => {
    expect(splitTarget(url)).toEqual({ name, path })
  })

  it.each(['/', '', '*', '/main', '/main/', '/main?x', '//sample', '//', 'main/sample'])(
    'of %s is no endpoint',
    url => expect(splitTarget(url)).toBeNull(),
  )

  it('is read from the absolute form too', () => {
    expect(originForm('http://gateway:8080/main/sample')).toBe('/main/sample')
    expect(originForm('https://gateway?x')).toBe('/?x')
    expect(originForm('/main')).toBe('/main')
    expect(originForm('*')).toBe('*')
  })

  it('names a team even where it names no endpoint', () => {
    expect(teamSlugOf('/main')).toBe('main')
    expect(teamSlugOf('/main/x?y')).toBe('main')
    expect(teamSlugOf('*')).toBe('')
  })

  it('may be in the host, whatever its case and port', () => {
    expect(endpointIdOfHost('ABC.e.example.org:8080', 'e.Example.org')).toBe('abc')
    expect(endpointIdOfHost('e.example.org', 'e.example.org')).toBeNull()
    expect(endpointIdOfHost('abc.evil.org', 'e.example.org')).toBeNull()
    expect(endpointIdOfHost('abc.e.example.org', undefined)).toBeNull()
  })

  it('is recorded without its query', () => {
    expect(withoutQuery('/v1/chat?api_key=secret')).toBe('/v1/chat')
    expect(withoutQuery('/v1')).toBe('/v1')
  })
})

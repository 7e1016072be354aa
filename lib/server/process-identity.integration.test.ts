import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { isSameProcess, processStartTime } from './process-identity'

test('a living process keeps its start time, and two processes differ', async () => {
  const own = processStartTime(process.pid)
  expect(own).toBeTruthy()
  expect(processStartTime(process.pid)).toBe(own)
  // The kernel counts in hundredths of a second.
  await new Promise(resolve => setTimeout(resolve, 20))
  const child = spawn('sleep', ['30'])
  try {
    expect(processStartTime(child.pid ?? 0)).not.toBe(own)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  expect(processStartTime(child.pid ?? 0)).toBeNull()
})

test('the same pid with another start time is another process', () => {
  const startTime = processStartTime(process.pid) ?? ''
  expect(isSameProcess({ pid: process.pid, startTime })).toBe(true)
  expect(isSameProcess({ pid: process.pid, startTime: `${startTime}0` })).toBe(false)
  expect(isSameProcess({ pid: process.pid, startTime: '' })).toBe(false)
})

test('a zombie counts as dead', async () => {
  // The shell becomes `sleep`, which never reaps the child it inherits; the child ends only after that.
  const parent = spawn('sh', ['-c', 'sh -c "read go" <&3 & echo $!; exec sleep 30'], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  })
  try {
    const [line] = (await once(parent.stdout as Readable, 'data')) as [Buffer]
    const child = Number(line.toString().trim())
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep')
    expect(processStartTime(child)).not.toBeNull()
    ;(parent.stdio[3] as Writable).end('go\n')
    await expect.poll(() => processStartTime(child)).toBeNull()
    expect(() => process.kill(child, 0)).not.toThrow()
  } finally {
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  }
})

test.each([0, -1, Number.NaN, 1.5])('%s is no process', pid => {
  expect(processStartTime(pid)).toBeNull()
})

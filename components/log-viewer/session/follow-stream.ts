import type { LogMessage } from '@/lib/domain/logs/message'
import { readEvents, StreamRefused } from './read-stream'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
/** Heartbeats come every 15 s; a stream that is silent for longer is broken, whatever the network says. */
const SILENCE_MS = 40_000

export type Follower = {
  /** Built anew for every attempt: it names the last line received. */
  url: () => string
  signal: AbortSignal
  onMessage: (message: LogMessage) => void
  onOpen: () => void
  onBroken: (message: string) => void
  onEnd: (message: string) => void
}

/** Keeps a stream open until the signal, its end, or a refusal that trying again would not change. */
export async function followStream(follower: Follower): Promise<void> {
  let waitMs = FIRST_WAIT_MS
  while (!follower.signal.aborted) {
    try {
      const ended = await followOnce(follower, () => {
        waitMs = FIRST_WAIT_MS
      })
      if (ended) return follower.onEnd('The endpoint is deleted; this is all it wrote.')
      if (!follower.signal.aborted) follower.onBroken('The stream was closed.')
    } catch (error) {
      if (follower.signal.aborted) return
      const final = finalRefusal(error)
      if (final) return follower.onEnd(final)
      follower.onBroken(error instanceof StreamRefused ? error.message : 'The portal does not answer.')
    }
    await pause(waitMs * (0.75 + Math.random() / 2), follower.signal)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

/** True when the log itself has ended. */
async function followOnce(follower: Follower, onAlive: () => void): Promise<boolean> {
  const attempt = new AbortController()
  const abort = () => attempt.abort()
  follower.signal.addEventListener('abort', abort, { once: true })
  let watchdog = setTimeout(abort, SILENCE_MS)
  try {
    for await (const message of readEvents(follower.url(), attempt.signal)) {
      clearTimeout(watchdog)
      watchdog = setTimeout(abort, SILENCE_MS)
      if (follower.signal.aborted) return false
      onAlive()
      if (message === 'open') follower.onOpen()
      else if (message === 'alive') continue
      else if ('type' in message && message.type === 'end') return true
      else follower.onMessage(message)
    }
    return false
  } finally {
    clearTimeout(watchdog)
    follower.signal.removeEventListener('abort', abort)
  }
}

function finalRefusal(error: unknown): string | null {
  if (!(error instanceof StreamRefused)) return null
  switch (error.error.code) {
    case 'unauthenticated':
      return 'Your session has ended. Sign in again to go on.'
    case 'forbidden':
    case 'not_found':
    case 'invalid':
      return error.error.message
    default:
      return null
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })

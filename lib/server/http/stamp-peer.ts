import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { PEER_HEADER } from './request-info'

/**
 * Next hides the socket from route handlers and actions, and keeps an `X-Forwarded-For` that the client made up.
 * Node announces each request before Next sees it: that is where the socket's address is written down, over
 * whatever the client sent under the same name.
 */
export function stampPeer(): void {
  subscribe('http.server.request.start', message => {
    const { request } = message as { request: IncomingMessage }
    request.headers[PEER_HEADER] = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  })
}

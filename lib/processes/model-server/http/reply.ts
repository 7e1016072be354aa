import type { ServerResponse } from 'node:http'

type Headers = Record<string, string | number>

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Headers = {},
): void {
  send(response, status, Buffer.from(text), { 'Content-Type': 'text/plain; charset=utf-8', ...headers })
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Headers = {},
): void {
  send(response, status, Buffer.from(JSON.stringify(value)), {
    'Content-Type': 'application/json',
    ...headers,
  })
}

/** The toolkit's error shape. */
export function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Headers = {},
): void {
  sendJson(response, status, { error: message }, headers)
}

export function send(response: ServerResponse, status: number, body: Uint8Array, headers: Headers): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'Content-Length': body.byteLength, ...headers })
  response.end(body)
}

// A stand-in for Hugging Face's Inference Providers (router.huggingface.co), which cannot be reached from where
// these tests run: a chat that streams, and a classifier in the toolkit's format.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

const PIPELINE = /^\/hf-inference\/models\//

/** True where the path is one of the router's, and answered. */
export function answerInference(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  if (path !== '/v1/chat/completions' && !PIPELINE.test(path)) return false
  void answer(request, response, path)
  return true
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const body = (await buffer(request)).toString()
  if (PIPELINE.test(path)) {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify([{ label: `hosted: ${JSON.parse(body).inputs}`, score: 0.75 }]))
    return
  }
  const { model, messages } = JSON.parse(body)
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for (const content of [`${model} heard `, messages[0].content])
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`)
  response.end('data: [DONE]\n\n')
}

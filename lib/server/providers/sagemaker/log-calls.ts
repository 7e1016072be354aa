import type {
  DeserializeMiddleware,
  HttpRequest,
  HttpResponse,
  MetadataBearer,
  MiddlewareStack,
} from '@smithy/types'
import type { CallLine } from '../call-line'

const ATTEMPT = /attempt=(\d+)/

/** One line per attempt, without headers and bodies. */
export function logCalls<Input extends object, Output extends MetadataBearer>(
  client: { middlewareStack: MiddlewareStack<Input, Output> },
  service: string,
  log: (line: CallLine) => void,
): void {
  const middleware: DeserializeMiddleware<Input, Output> = (next, context) => async args => {
    const startedMs = performance.now()
    const { headers } = args.request as HttpRequest
    const attempt = Number(ATTEMPT.exec(headers['amz-sdk-request'] ?? '')?.[1] ?? 1)
    const write = (status: number | null) => {
      const ms = Math.round(performance.now() - startedMs)
      log({ method: 'POST', path: `${service}:${context.commandName ?? ''}`, status, ms, attempt })
    }
    try {
      const result = await next(args)
      write((result.response as HttpResponse).statusCode)
      return result
    } catch (error) {
      write(null)
      throw error
    }
  }
  // The answer as it came, before it becomes a value or an error.
  client.middlewareStack.addRelativeTo(middleware, {
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
    name: 'slipwayCallLines',
  })
}

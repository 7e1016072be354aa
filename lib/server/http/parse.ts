import type { z } from 'zod'
import { fail, ok, type Result } from '@/lib/domain/result'

/** Parses what came in; a failure names each field (dotted path) with a sentence, the first one up front. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.map(String).join('.')] ??= issue.message
  const [path, message] = Object.entries(fields)[0] ?? ['', 'The input is not usable.']
  return fail('invalid', path ? `${path}: ${message}` : message, { fields })
}

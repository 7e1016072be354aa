// A stand-in's rules: whether what is sent and answered is as specified (see schemas/ for where from).
import { Ajv, type ValidateFunction } from 'ajv'
import { OPERATIONS, type Operation } from './operations'
import { errorResponse, type Schema } from './schemas/arm'

const API_VERSION = '2024-10-01'
/** What Microsoft serves from elsewhere has no `api-version`. */
const ELSEWHERE = ['token', 'retailPrices']

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
const compiled = new Map<Schema, ValidateFunction>()

function problemsOf(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath || '/'} ${message} ${JSON.stringify(params)}`.trim(),
  )
}

export function operationOf(
  method: string,
  path: string,
): { operation: Operation; names: Record<string, string> } | null {
  for (const operation of OPERATIONS) {
    const match = operation.method === method ? operation.path.exec(path) : null
    if (match) return { operation, names: { ...match.groups } }
  }
  return null
}

/** What of a request is not as specified. */
export function requestProblems(
  { id, query = [], asked, version = API_VERSION }: Operation,
  search: URLSearchParams,
  body: unknown,
): string[] {
  const known = ELSEWHERE.includes(id) ? query : [...query, 'api-version']
  const strange = [...search.keys()]
    .filter(name => !known.includes(name))
    .map(name => `unknown query ${name}`)
  const ofVersion =
    ELSEWHERE.includes(id) || search.get('api-version') === version ? [] : ['wrong api-version']
  const form = asked ? problemsOf(asked, body) : body === null ? [] : ['a body where there is none']
  return [...strange, ...ofVersion, ...form]
}

/** What of an answer is not as specified: a fault of the stand-in itself. */
export function answerProblems(
  { told, refused = errorResponse }: Operation,
  status: number,
  body: unknown,
): string[] {
  if (status >= 400) return problemsOf(refused, body)
  const schema = told[status]
  if (schema === undefined) return [`no answer ${status}`]
  return schema === null ? (body === null ? [] : ['a body where there is none']) : problemsOf(schema, body)
}

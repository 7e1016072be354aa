import type { SecurityLevel } from '@/lib/domain/access/security'
import { type ExampleRequest, exampleRequest, type Json } from './example-request'
import type { Task } from './task'

export const SNIPPET_LANGUAGES = ['curl', 'python', 'javascript'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

export const SNIPPET_INFO: Record<SnippetLanguage, { label: string; needs: string }> = {
  curl: { label: 'curl', needs: 'In any POSIX shell.' },
  python: { label: 'Python', needs: 'Python 3.8 or newer; nothing to install.' },
  javascript: {
    label: 'JavaScript',
    needs: 'Node.js 18 or newer, saved as call.mjs; Deno, Bun and browsers alike.',
  },
}

export type SnippetInput = {
  url: string
  task: Task
  security: SecurityLevel
  /** The token's text; null reads `$SLIPWAY_TOKEN`. */
  token: string | null
}

/** A call of the endpoint that runs as it is printed. */
export function snippet(language: SnippetLanguage, input: SnippetInput): string {
  const call: Call = {
    url: input.url,
    request: exampleRequest(input.task),
    needsToken: input.security !== 'public',
    token: input.token,
  }
  switch (language) {
    case 'curl':
      return curl(call)
    case 'python':
      return python(call)
    case 'javascript':
      return javascript(call)
  }
}

type Call = { url: string; request: ExampleRequest; needsToken: boolean; token: string | null }

const contentType = (request: ExampleRequest): string =>
  request.kind === 'json' ? 'application/json' : request.contentType

const curl = ({ url, request, needsToken, token }: Call): string =>
  curlLines(url, request, needsToken ? [`  -H "Authorization: Bearer ${token ?? '$SLIPWAY_TOKEN'}"`] : [])

/** `credentials`: lines of curl's options, as they are to be printed. */
export function curlLines(url: string, request: ExampleRequest, credentials: readonly string[]): string {
  const lines = [`curl ${shellQuote(url)}`, ...credentials, `  -H "Content-Type: ${contentType(request)}"`]
  if (request.kind === 'json') lines.push(`  -d ${shellQuote(JSON.stringify(request.body))}`)
  else lines.push('  --data-binary @-')
  return `${request.kind === 'file' ? `${fileInShell(request)} |\n` : ''}${lines.join(' \\\n')}`
}

function fileInShell({ base64, zeroBytes }: Extract<ExampleRequest, { kind: 'file' }>): string {
  const head = `echo ${base64} | base64 -d`
  return zeroBytes === 0 ? head : `{ ${head}; head -c ${zeroBytes} /dev/zero; }`
}

function python({ url, request, needsToken, token }: Call): string {
  const isJson = request.kind === 'json'
  const imports = [isJson ? '' : 'base64', 'json', needsToken && token === null ? 'os' : '', 'urllib.request']
  const authorization =
    token === null ? `f"Bearer {os.environ['SLIPWAY_TOKEN']}"` : pythonLiteral(`Bearer ${token}`, 8)
  const data = isJson ? `json.dumps(${pythonLiteral(request.body, 4)}).encode()` : fileInPython(request)
  return [
    ...imports.filter(Boolean).map(name => `import ${name}`),
    '',
    'request = urllib.request.Request(',
    `    ${pythonLiteral(url, 4)},`,
    `    data=${data},`,
    '    headers={',
    ...(needsToken ? [`        "Authorization": ${authorization},`] : []),
    `        "Content-Type": "${contentType(request)}",`,
    '    },',
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    print(json.load(response))',
  ].join('\n')
}

function fileInPython({ base64, zeroBytes }: Extract<ExampleRequest, { kind: 'file' }>): string {
  return `base64.b64decode("${base64}")${zeroBytes === 0 ? '' : ` + bytes(${zeroBytes})`}`
}

function javascript({ url, request, needsToken, token }: Call): string {
  const authorization =
    token === null ? `\`Bearer \${process.env.SLIPWAY_TOKEN}\`` : scriptLiteral(`Bearer ${token}`, 4)
  const body =
    request.kind === 'json' ? `JSON.stringify(${scriptLiteral(request.body, 2)})` : fileInScript(request)
  return [
    `const response = await fetch(${scriptLiteral(url, 0)}, {`,
    "  method: 'POST',",
    '  headers: {',
    ...(needsToken ? [`    Authorization: ${authorization},`] : []),
    `    'Content-Type': '${contentType(request)}',`,
    '  },',
    `  body: ${body},`,
    '})',
    'console.log(response.status, await response.json())',
  ].join('\n')
}

function fileInScript({ base64, zeroBytes }: Extract<ExampleRequest, { kind: 'file' }>): string {
  const head = `Buffer.from('${base64}', 'base64')`
  return zeroBytes === 0 ? head : `Buffer.concat([${head}, Buffer.alloc(${zeroBytes})])`
}

/** Inside single quotes a shell takes every character literally but the quote itself. */
export const shellQuote = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** JSON's strings are Python's strings too. */
const pythonLiteral = (value: Json, indent: number): string =>
  literal(value, indent, 4, {
    text: text => JSON.stringify(text),
    word: word => ({ true: 'True', false: 'False', null: 'None' })[String(word)] ?? String(word),
    key: key => JSON.stringify(key),
  })

const scriptLiteral = (value: Json, indent: number): string =>
  literal(value, indent, 2, {
    text: text => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
    word: String,
    key: key => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)),
  })

type Dialect = {
  text: (text: string) => string
  word: (word: number | boolean | null) => string
  key: (key: string) => string
}

const LINE_WIDTH = 80

/** On one line where it fits, else one entry per line. */
function literal(value: Json, indent: number, step: number, dialect: Dialect): string {
  if (typeof value === 'string') return dialect.text(value)
  if (typeof value !== 'object' || value === null) return dialect.word(value)
  const isList = Array.isArray(value)
  const [open, close] = isList ? '[]' : '{}'
  const entries = (inner: number): string[] =>
    isList
      ? value.map(item => literal(item, inner, step, dialect))
      : Object.entries(value).map(
          ([key, item]) => `${dialect.key(key)}: ${literal(item, inner, step, dialect)}`,
        )
  const space = isList ? '' : step === 2 ? ' ' : ''
  const flat = `${open}${space}${entries(indent).join(', ')}${space}${close}`
  if (flat.length + indent <= LINE_WIDTH && !flat.includes('\n')) return flat
  const inner = indent + step
  const lines = entries(inner).map(entry => `${' '.repeat(inner)}${entry},`)
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`
}

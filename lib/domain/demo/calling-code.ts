import {
  type AnswerKind,
  answerKindOf,
  type FormKind,
  formKindOf,
  INPUT_LABELS,
} from '@/lib/domain/playground/form'
import { type DemoOf, TOKEN_SECRET } from './demo'
import { bodyExpression, literal, plain } from './python'

/** The first line says what it is; the rest is Python's standard library, so that it can be run and read alone. */
export function callingCode(of: DemoOf, framework: string): string {
  const asks = formKindOf(of.task)
  const answers = answerKindOf(of.task)
  const head = [
    `"""A demo of the endpoint ${plain(of.name)}, made by Slipway. It reads its token from ${TOKEN_SECRET}."""`,
    ['import json', 'import os', 'import urllib.error', 'import urllib.request'].join('\n'),
    framework,
    `TITLE = ${literal(of.name)}\nURL = ${literal(of.url)}\nTIMEOUT_SECONDS = 300`,
  ]
  return [
    head.join('\n\n'),
    OPEN,
    asks === 'chat' ? chatCode(of.name) : taskCode(asks, answers),
    readingCode(answers),
  ]
    .filter(Boolean)
    .join('\n\n\n')
}

const OPEN = `class EndpointError(Exception):
    """Its message is for whoever uses the demo."""


def open_endpoint(data, content_type="application/json", path="", accept="application/json"):
    """Posts bytes to the endpoint and returns the open answer."""
    headers = {"Content-Type": content_type, "Accept": accept}
    token = os.environ.get("${TOKEN_SECRET}", "")
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(URL + path, data=data, headers=headers)
    try:
        return urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        raise EndpointError(explain(error.code, error.read().decode(errors="replace"))) from None
    except OSError as error:
        raise EndpointError(f"The endpoint cannot be reached: {error}") from None


def explain(status, text):
    if status in (401, 403):
        return "The endpoint refuses the token: set ${TOKEN_SECRET} to one that may call it."
    try:
        said = json.loads(text)["error"]
    except (ValueError, KeyError, TypeError):
        said = text[:300]
    if isinstance(said, dict):
        said = said.get("message", said)
    return f"The endpoint answered {status}: {said}"


def send(data, content_type="application/json", accept="application/json"):
    """The answer as Python values, or as bytes where it is a picture or a sound."""
    with open_endpoint(data, content_type, accept=accept) as response:
        kind, body = response.headers.get_content_type(), response.read()
    return json.loads(body) if kind == "application/json" else body`

/** Streams over OpenAI's route. */
const chatCode = (model: string): string => `def chat(messages, max_tokens=256, temperature=0.7):
    """The answer piece by piece, as it is written."""
    body = {
        "model": ${literal(model)},
        "messages": messages,
        "max_tokens": max_tokens,
        "temperature": temperature,
        "stream": True,
    }
    with open_endpoint(json.dumps(body).encode(), path="/v1/chat/completions", accept="text/event-stream") as response:
        for line in response:
            if not line.startswith(b"data:"):
                continue
            event = line[5:].strip()
            if event == b"[DONE]":
                return
            event = json.loads(event)
            if "error" in event:
                raise EndpointError(f"The endpoint stopped: {event['error']}")
            for choice in event.get("choices", []):
                yield choice.get("delta", {}).get("content") or ""`

const ACCEPT: Partial<Record<AnswerKind, string>> = { image: 'image/png', audio: 'audio/wav' }

function taskCode(asks: FormKind, answers: AnswerKind): string {
  const accept = ACCEPT[answers] ? `, accept=${literal(ACCEPT[answers])}` : ''
  if (asks === 'image' || asks === 'audio')
    return `def predict(data, content_type="application/octet-stream"):\n    return send(data, content_type${accept})`
  if (asks === 'json')
    return `def predict(main):\n    try:\n        body = json.dumps(json.loads(main))\n    except ValueError as error:\n        raise EndpointError(f"This is not JSON: {error}") from None\n    return send(body.encode())`
  const { second } = INPUT_LABELS[asks]
  const predict = `def predict(main${second ? ', second' : ''}):\n    body = ${bodyExpression(asks)}\n    return send(json.dumps(body).encode()${accept})`
  return predict.includes('lines(') ? `${LINES}\n\n\n${predict}` : predict
}

const LINES = `def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]`

/** Reads what a task answers in whichever of its usual forms it comes; anything else is shown as JSON only. */
function readingCode(answers: AnswerKind): string {
  switch (answers) {
    case 'scores':
    case 'entities':
    case 'boxes':
      return SCORES
    case 'text':
      return TEXT
    case 'vector':
      return VECTOR
    default:
      return ''
  }
}

const SCORES = `def readable(answer):
    """Labels and their scores."""
    if isinstance(answer, dict):
        values = answer.get("scores") or answer.get("similarities") or []
        labels = answer.get("labels") or [f"{i}. text" for i in range(1, len(values) + 1)]
        return dict(zip(labels, values))
    found = {}
    for item in answer if isinstance(answer, list) else []:
        if isinstance(item, dict) and "score" in item:
            label = item.get("label") or item.get("entity_group") or item.get("entity") or item.get("token_str")
            if label is None:
                label = f"{item.get('index', len(found)) + 1}. text"
            word = item.get("word")
            found[f"{word} · {label}" if word else label] = item["score"]
    return found`

const TEXT = `def readable(answer):
    """The text of an answer."""
    if isinstance(answer, list):
        return "\\n".join(readable(item) for item in answer)
    if isinstance(answer, dict):
        for key in ("generated_text", "summary_text", "translation_text", "text", "answer"):
            if isinstance(answer.get(key), str):
                return answer[key]
    return ""`

const VECTOR = `def readable(answer):
    """How many numbers, and the first of them."""
    vector = answer.get("embeddings", []) if isinstance(answer, dict) else answer
    while isinstance(vector, list) and vector and isinstance(vector[0], list):
        vector = vector[0]
    if not isinstance(vector, list) or not vector:
        return ""
    return f"{len(vector)} dimensions: " + ", ".join(f"{value:.4f}" for value in vector[:8])`

import {
  type AnswerKind,
  answerKindOf,
  exampleFields,
  exampleJson,
  type FormKind,
  formKindOf,
  INPUT_LABELS,
} from '@/lib/domain/playground/form'
import { callingCode } from './calling-code'
import type { DemoOf } from './demo'
import { literal } from './python'

/** One file: the call, then a page around it. */
export function gradioApp(of: DemoOf): string {
  const asks = formKindOf(of.task)
  const isFile = asks === 'image' || asks === 'audio'
  const answers = answerKindOf(of.task)
  const isMedia = answers === 'image' || answers === 'audio'
  const framework = [
    ...(isFile ? ['import mimetypes'] : []),
    ...(isMedia ? ['import tempfile'] : []),
    ...(isFile || isMedia ? [''] : []),
    'import gradio as gr',
  ].join('\n')
  const page = asks === 'chat' ? CHAT : formPage(of, asks, answers)
  return `${callingCode(of, framework)}\n\n\n${page}\n\nif __name__ == "__main__":\n    demo.launch()\n`
}

const CHAT = `def text_of(content):
    """Gradio hands text as it is or in parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))


def reply(message, history):
    messages = [{"role": turn["role"], "content": text_of(turn["content"])} for turn in history]
    text = ""
    try:
        for piece in chat([*messages, {"role": "user", "content": message}]):
            text += piece
            yield text
    except EndpointError as error:
        raise gr.Error(str(error)) from None


demo = gr.ChatInterface(fn=reply, title=TITLE, api_name="chat")
`

function formPage({ task }: DemoOf, asks: FormKind, answers: AnswerKind): string {
  return `${runCode(asks, answers)}


demo = gr.Interface(
    fn=run,
    inputs=[${inputs(task, asks).join(', ')}],
    outputs=[${outputs(answers).join(', ')}],
    title=TITLE,
    submit_btn="Call endpoint",
    flagging_mode="never",
    api_name="predict",
)
`
}

function runCode(asks: FormKind, answers: AnswerKind): string {
  const isFile = asks === 'image' || asks === 'audio'
  const parameters = isFile ? 'path' : INPUT_LABELS[asks].second ? 'main, second' : 'main'
  const call = isFile
    ? `if not path:
            raise EndpointError("Choose a file first.")
        with open(path, "rb") as file:
            answer = predict(file.read(), mimetypes.guess_type(path)[0] or "application/octet-stream")`
    : `answer = predict(${parameters})`
  return `def run(${parameters}):
    try:
        ${call}
    except EndpointError as error:
        raise gr.Error(str(error)) from None
    ${shown(answers)}`
}

const suffix = (answers: AnswerKind): string => (answers === 'image' ? '.png' : '.wav')

function shown(answers: AnswerKind): string {
  if (answers === 'json') return 'return answer'
  if (answers !== 'image' && answers !== 'audio') return 'return readable(answer), answer'
  return `if not isinstance(answer, bytes):
        raise gr.Error(f"The endpoint answered no ${answers === 'image' ? 'picture' : 'sound'}: {str(answer)[:300]}")
    with tempfile.NamedTemporaryFile(suffix="${suffix(answers)}", delete=False) as file:
        file.write(answer)
    return file.name`
}

function inputs(task: DemoOf['task'], asks: FormKind): string[] {
  const { main, second } = INPUT_LABELS[asks]
  if (asks === 'image') return [`gr.Image(type="filepath", format="png", label=${literal(main)})`]
  if (asks === 'audio') return [`gr.Audio(type="filepath", label=${literal(main)})`]
  const example = exampleFields(task)
  const text = (label: string, lines: number, value: string) =>
    `gr.Textbox(label=${literal(label)}, lines=${lines}, value=${literal(value)})`
  if (asks === 'json') return [text(main, 10, exampleJson(task))]
  return second
    ? [text(main, 2, example.main), text(second, 4, example.second)]
    : [text(main, 5, example.main)]
}

function outputs(answers: AnswerKind): string[] {
  const json = 'gr.JSON(label="Answer")'
  switch (answers) {
    case 'scores':
    case 'entities':
    case 'boxes':
      return ['gr.Label(label="Scores")', json]
    case 'text':
    case 'vector':
      return ['gr.Textbox(label="Answer", lines=4)', 'gr.JSON(label="As JSON")']
    case 'image':
      return ['gr.Image(label="Picture")']
    case 'audio':
      return ['gr.Audio(label="Sound")']
    case 'json':
      return [json]
  }
}

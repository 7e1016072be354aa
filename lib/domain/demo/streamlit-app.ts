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

/** One file: the call, then a page around it. Streamlit runs it from top to bottom at every click. */
export function streamlitApp(of: DemoOf): string {
  const asks = formKindOf(of.task)
  const page = asks === 'chat' ? CHAT : formPage(of, asks, answerKindOf(of.task))
  return `${callingCode(of, 'import streamlit as st')}\n\n\n${page}\n`
}

const CHAT = `def main():
    st.set_page_config(page_title=TITLE)
    st.title(TITLE)
    turns = st.session_state.setdefault("turns", [])
    for turn in turns:
        st.chat_message(turn["role"]).write(turn["content"])
    message = st.chat_input("Message")
    if not message:
        return
    turns.append({"role": "user", "content": message})
    st.chat_message("user").write(message)
    try:
        with st.chat_message("assistant"):
            text = st.write_stream(chat(turns))
        turns.append({"role": "assistant", "content": text})
    except EndpointError as error:
        turns.pop()
        st.error(str(error))


if __name__ == "__main__":
    main()`

const formPage = (
  { task }: DemoOf,
  asks: FormKind,
  answers: AnswerKind,
): string => `${[...(isFile(asks) ? [FILE] : []), showCode(answers)].join('\n\n\n')}


def main():
    st.set_page_config(page_title=TITLE)
    st.title(TITLE)
    with st.form("request"):
${inputs(task, asks)
  .map(line => `        ${line}`)
  .join('\n')}
        is_sent = st.form_submit_button("Call endpoint")
    if not is_sent:
        return
    try:
        with st.spinner("Calling…"):
            answer = ${callOf(asks)}
        show(answer)
    except EndpointError as error:
        st.error(str(error))


if __name__ == "__main__":
    main()`

function inputs(task: DemoOf['task'], asks: FormKind): string[] {
  const { main, second } = INPUT_LABELS[asks]
  const area = (variable: string, label: string, value: string) =>
    `${variable} = st.text_area(${literal(label)}, value=${literal(value)})`
  if (isFile(asks)) return [`file = st.file_uploader(${literal(main)}, type=${literal(FILE_TYPES[asks])})`]
  if (asks === 'json') return [area('main_text', main, exampleJson(task))]
  const example = exampleFields(task)
  return [
    area('main_text', main, example.main),
    ...(second ? [area('second_text', second, example.second)] : []),
  ]
}

const isFile = (asks: FormKind): asks is 'image' | 'audio' => asks === 'image' || asks === 'audio'

const FILE_TYPES = { image: ['png', 'jpg', 'jpeg', 'webp'], audio: ['wav', 'mp3', 'flac', 'ogg'] }

function callOf(asks: FormKind): string {
  if (isFile(asks)) return 'predict_file(file)'
  return INPUT_LABELS[asks].second ? 'predict(main_text, second_text)' : 'predict(main_text)'
}

const FILE = `def predict_file(file):
    if file is None:
        raise EndpointError("Choose a file first.")
    return predict(file.getvalue(), file.type or "application/octet-stream")`

function showCode(answers: AnswerKind): string {
  switch (answers) {
    case 'scores':
    case 'entities':
    case 'boxes':
      return `def show(answer):
    for label, score in readable(answer).items():
        st.progress(max(0.0, min(1.0, score)), text=f"{label}: {score:.4f}")
    st.json(answer)`
    case 'text':
    case 'vector':
      return 'def show(answer):\n    st.text(readable(answer))\n    st.json(answer, expanded=False)'
    case 'image':
    case 'audio':
      return `def show(answer):
    if not isinstance(answer, bytes):
        raise EndpointError(f"The endpoint answered no ${answers === 'image' ? 'picture' : 'sound'}: {str(answer)[:300]}")
    st.${answers}(answer)`
    case 'json':
      return 'def show(answer):\n    st.json(answer)'
  }
}

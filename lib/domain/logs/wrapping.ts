/** Of which process a line is: vLLM and Ray "(APIServer pid=1) ", torchrun "[rank0]: ". */
const PROCESS = /^(?:\([\w.:/ -]{1,60} pid=\d{1,10}[^()]{0,40}\) ?|\[rank\d{1,5}\]:? ?){1,3}/

/** A line as its process wrote it, without what a program of several puts before each one's lines. */
export function unwrapped(plain: string): string {
  if (!plain.startsWith('(') && !plain.startsWith('[rank')) return plain
  const head = PROCESS.exec(plain)
  return head ? plain.slice(head[0].length) : plain
}

/** vLLM logs a trace line by line, each with a head of its own: "ERROR 10-15 08:32:29 [core.py:708]   File …". */
const REPEATED = /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) \d\d-\d\d \d\d:\d\d:\d\d \[[\w./-]{1,80}:\d{1,6}\] /

/** What stands behind such a head; by its indentation and its words lines are known to belong together. */
export function bodyOf(line: string): string {
  const first = line.charCodeAt(0)
  const head = first >= 0x41 && first <= 0x5a ? REPEATED.exec(line) : null
  return head ? line.slice(head[0].length) : line
}

import type * as Library from '@huggingface/transformers'
import type { Control } from '../adapter'

/** Ends a generation at its next token: when the caller left, or for whatever reason `done` has. */
export function stopWhen(
  library: typeof Library,
  control: Control,
  done: () => boolean = () => false,
): Library.StoppingCriteria {
  class Stop extends library.StoppingCriteria {
    override _call(sequences: number[][]): boolean[] {
      const stop = control.cancelled() || done()
      return sequences.map(() => stop)
    }
  }
  return new Stop()
}

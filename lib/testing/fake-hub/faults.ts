/** Ways a test makes the stand-in misbehave. Each is used up by the requests it hits. */
export class Faults {
  #answers: { status: number; path: string; headers: Record<string, string> }[] = []
  #cuts: { bytes: number; path: string }[] = []
  #corrupt: string[] = []

  /** Answers the next `count` requests whose path contains `path` with this status. */
  answer(status: number, { path = '', count = 1, headers = {} as Record<string, string> } = {}): void {
    for (let index = 0; index < count; index++) this.#answers.push({ status, path, headers })
  }

  /** Breaks the connection of the next download of `path` after so many bytes. */
  cutAfter(bytes: number, path: string): void {
    this.#cuts.push({ bytes, path })
  }

  /** Sends the next download of `path` with one byte changed. */
  corrupt(path: string): void {
    this.#corrupt.push(path)
  }

  takeAnswer(path: string) {
    return take(this.#answers, fault => path.includes(fault.path))
  }

  takeCut(path: string) {
    return take(this.#cuts, fault => path.includes(fault.path))
  }

  takeCorruption(path: string) {
    return take(this.#corrupt, fault => path.includes(fault))
  }
}

function take<T>(faults: T[], applies: (fault: T) => boolean): T | undefined {
  const index = faults.findIndex(applies)
  return index < 0 ? undefined : faults.splice(index, 1)[0]
}

import { endpointNameProblem } from './name-problem'

const LENGTH = 32

/** A name of ours that is free, as near to the provider's own as can be. */
export function adoptedName(theirs: string, isFree: (name: string) => boolean): string {
  const plain = theirs
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LENGTH)
    .replace(/^-+|-+$/g, '')
  const base = endpointNameProblem(plain) === null ? plain : 'adopted'
  if (isFree(base)) return base
  for (let number = 2; ; number++) {
    const ending = `-${number}`
    const name = base.slice(0, LENGTH - ending.length).replace(/-+$/, '') + ending
    if (isFree(name)) return name
  }
}

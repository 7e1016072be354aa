import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const appPaths = z.record(z.string(), z.string())
const serverReferences = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
  edge: z.record(z.string(), z.unknown()),
})

export type BuiltAction = {
  id: string
  file: string
  name: string
  /** A page that carries it, as in the app folder: `app/(portal)/[team]/tokens/page`. */
  page: string
}

/** What the build itself says can be reached: route handlers and server actions. */
export function readBuiltDoors(buildFolder = '.next'): { routes: string[]; actions: BuiltAction[] } {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(buildFolder, 'server', `${name}.json`), 'utf8'))
  const routes = Object.keys(appPaths.parse(read('app-paths-manifest')))
    .filter(path => path.endsWith('/route') && !path.startsWith('/icon.svg'))
    .map(path => path.slice(0, -'/route'.length))
  const { node, edge } = serverReferences.parse(read('server-reference-manifest'))
  if (Object.keys(edge).length > 0) throw new Error('There are actions in the edge runtime.')
  const actions = Object.entries(node).map(([id, { filename, exportedName, workers }]) => ({
    id,
    file: filename,
    name: exportedName,
    page: Object.keys(workers)[0] ?? '',
  }))
  return { routes, actions }
}

import type * as Library from '@huggingface/transformers'
import type { ServedTask } from '@/lib/domain/endpoint/task'
import { sessionNames } from '../engine/load'
import { chooseWeights } from '../engine/weights'
import { ModelCache } from './cache'
import { downloadFile } from './download'
import { type DownloadProgress, ProgressReporter } from './progress'
import { describeRepository, type HubFile, type Repository } from './repository'
import { isSettingsFile } from './settings-files'
import { HubRefusal, type HubSource } from './source'

type Wanted = { source: HubSource; task: ServedTask; dtype: string | null }
type Report = (progress: DownloadProgress) => void

/**
 * Brings a Hub repository's files for a task onto this machine and returns their folder: first its settings, which
 * say what the model is made of, then the weights that takes. Uses what is cached; when the Hub is out of reach, what
 * was cached before has to do.
 */
export async function fetchModel(library: typeof Library, wanted: Wanted, report: Report): Promise<string> {
  const { source } = wanted
  const cache = new ModelCache(source)
  const say = (message: string) => report({ message, progress: null, log: true })
  if (source.offline)
    return cached(cache, `HF_HUB_OFFLINE is set and ${source.repository} is not in ${source.home}.`)
  let repository: Repository
  try {
    say(`Looking up ${source.repository} at ${source.revision}`)
    repository = await describeRepository(source)
  } catch (error) {
    if (error instanceof HubRefusal) throw error
    const reason = error instanceof Error ? error.message : String(error)
    const folder = await cached(cache, reason)
    say(`${reason} Using the copy in ${source.home}.`)
    return folder
  }
  const { commit, files } = repository
  say(`${source.repository} is at commit ${commit}`)
  await download(
    cache,
    commit,
    files.filter(file => isSettingsFile(file.path)),
    report,
  )
  const folder = cache.snapshot(commit)
  if (!files.some(file => file.path === 'config.json')) {
    throw new Error(`${source.repository} has no config.json: it is no model this server can load.`)
  }
  const paths = files.map(file => file.path)
  const weights = chooseWeights(paths, await sessionNames(library, folder, wanted.task), wanted.dtype)
  if (!weights.ok) throw new Error(`${source.repository}: ${weights.error.message}`)
  await download(
    cache,
    commit,
    files.filter(file => weights.data.files.includes(file.path)),
    report,
  )
  await cache.writeRef(commit)
  return folder
}

async function cached(cache: ModelCache, problem: string): Promise<string> {
  const commit = await cache.knownCommit()
  if (commit === null) throw new Error(problem)
  return cache.snapshot(commit)
}

async function download(cache: ModelCache, commit: string, files: HubFile[], report: Report): Promise<void> {
  const missing = files.filter(file => !cache.has(commit, file))
  const totalBytes = missing.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0)
  const progress = new ProgressReporter(totalBytes, report)
  for (const file of missing) {
    const target = cache.blob(commit, file)
    await downloadFile(cache.source, { commit, file, target }, bytes => progress.add(file.path, bytes))
    await cache.link(commit, file)
    progress.finished(file.path)
  }
}

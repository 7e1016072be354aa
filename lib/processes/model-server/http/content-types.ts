import type { ServedTask } from '@/lib/domain/endpoint/task'

/** What the toolkit takes and gives; parameters such as a charset or codecs are ignored. */
export const SUPPORTED_CONTENT_TYPES = [
  'application/json',
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/tiff',
  'image/bmp',
  'image/gif',
  'image/webp',
  'image/x-image',
  'audio/x-flac',
  'audio/flac',
  'audio/mpeg',
  'audio/x-mpeg-3',
  'audio/wave',
  'audio/wav',
  'audio/x-wav',
  'audio/ogg',
  'audio/x-audio',
  'audio/webm',
  'audio/amr',
  'audio/amr-wb',
  'audio/amr-wb+',
  'audio/m4a',
  'audio/x-m4a',
] as const

/** `image/PNG; foo=bar` → `image/png`. */
export const mediaType = (header: string): string => (header.split(';')[0] ?? '').trim().toLowerCase()

export const isSupported = (type: string): boolean =>
  (SUPPORTED_CONTENT_TYPES as readonly string[]).includes(type)

/** Raw bytes say nothing of themselves: the task decides how they are read. Null when it cannot. */
export function typeOfRawBytes(task: ServedTask): 'audio/x-audio' | 'image/x-image' | null {
  if (task.includes('audio') || task.includes('speech')) return 'audio/x-audio'
  return task.includes('image') ||
    task.includes('object') ||
    task.includes('depth') ||
    task.includes('background')
    ? 'image/x-image'
    : null
}

/** Whether a media answer goes out as bytes: when the first thing the caller accepts is of its kind. */
export function acceptsBytes(accept: string | undefined, family: 'image' | 'audio'): boolean {
  for (const candidate of (accept ?? '*/*').split(',').map(mediaType)) {
    if (candidate === 'application/json' || candidate === '*/*') return false
    if (candidate.startsWith(`${family}/`)) return true
  }
  return false
}

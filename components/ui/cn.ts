import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// `text-2xs` is ours; without this tailwind-merge takes it for a colour and drops the real one.
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: ['2xs'] }] } } })

export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs))
}

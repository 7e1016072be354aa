import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'

export type Scripts = { files: number; decodedBytes: number; gzipBytes: number }

/** `noModule` is for browsers that are none of ours; they alone load it. */
const scriptsIn = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<script\b[^>]*>/g)]
      .map(([tag]) => tag)
      .filter(tag => !/nomodule/i.test(tag))
      .flatMap(tag => /src="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []),
  ),
]

/** The JavaScript a page's HTML asks for: all there is before something is clicked, but what is loaded later by itself. */
export async function pageScripts(page: Page, path: string): Promise<Scripts> {
  const html = await (await page.request.get(path)).text()
  const bodies = await Promise.all(
    scriptsIn(html).map(async src => await (await page.request.get(src)).body()),
  )
  return {
    files: bodies.length,
    decodedBytes: bodies.reduce((sum, body) => sum + body.length, 0),
    gzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
  }
}

/** What a page of Next without content asks for (`npm run bench:pages`); in another version it is another number. */
export const EMPTY_PAGE = { next: '16.4.6', decodedBytes: 457_070 }

/** No page of the dashboard asks for more than this many empty pages. */
export const MOST_TIMES_EMPTY = 2

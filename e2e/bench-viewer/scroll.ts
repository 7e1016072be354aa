import type { Page } from '@playwright/test'

/** Pixels per frame: at 60 frames a second 600 lines a second fly past. */
const STEP_PX = 200

type Scrolling = { selector: string; stepPx: number; seconds: number }
const scrolling = (selector: string, stepPx: number, seconds: number): Scrolling => ({
  selector,
  stepPx,
  seconds,
})

/** Scrolls a box by so much in every frame and counts the frames; runs in the page. */
async function countFrames({ selector, stepPx, seconds }: Scrolling): Promise<number> {
  const box = document.querySelector(selector)
  if (!box) throw new Error(`There is no ${selector} to scroll.`)
  const endMs = performance.now() + seconds * 1000
  let frames = 0
  while (performance.now() < endMs) {
    await new Promise(requestAnimationFrame)
    box.scrollBy(0, stepPx)
    frames += 1
  }
  return frames / seconds
}

/** Frames per second while the log scrolls through its past, reading on as it goes. */
export const framesOfLog = (page: Page, direction: 'up' | 'down', seconds: number): Promise<number> =>
  page.evaluate(countFrames, scrolling('[role=log]', direction === 'up' ? -STEP_PX : STEP_PX, seconds))

/** The same on a page that holds a tall box and nothing else: what this browser and machine give. */
export async function framesOfEmptyPage(page: Page, seconds: number): Promise<number> {
  await page.goto('about:blank')
  await page.setContent(
    '<div id="box" style="height:800px;overflow:auto"><div style="height:20000000px"></div></div>',
  )
  return page.evaluate(countFrames, scrolling('#box', STEP_PX, seconds))
}

/** The number of the topmost line that is drawn (`write-lines.ts`). */
export async function numberAtTop(page: Page): Promise<number> {
  const text = (await page.locator('[role=log] [data-seq]').first().textContent()) ?? ''
  return Number(/ n=(\d+)/.exec(text)?.[1])
}

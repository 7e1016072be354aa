import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Durations of tasks of 50 ms and more. */
    longTasks: number[]
    /** When every chart in sight is drawn and a click is answered at once: milliseconds since the navigation. */
    untilInteractive: () => Promise<number>
  }
}

/**
 * Lets every page opened from now on say what its main thread did. _Interactive_ is the later of two moments: the
 * first frame in which all charts in sight are drawn and no placeholder is left in sight, and the end of the last
 * task of 50 ms or more before half a second without any. From then on a click is answered within 50 ms.
 */
export const watchMainThread = (page: Page) =>
  page.addInitScript(() => {
    const QUIET_MS = 500
    window.longTasks = []
    let busyUntilMs = 0
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) {
        window.longTasks.push(duration)
        busyUntilMs = Math.max(busyUntilMs, startTime + duration)
      }
    }).observe({ type: 'longtask', buffered: true })

    const isInSight = (element: Element) => {
      const { top, bottom, width } = element.getBoundingClientRect()
      return width > 0 && bottom > 0 && top < window.innerHeight
    }
    const inSight = (selector: string) => [...document.querySelectorAll(selector)].filter(isInSight)
    // Places are asked for last: before anything is drawn, that alone would be work for the browser.
    const isDrawn = () =>
      document.querySelector('svg.drawn-by-hand') !== null &&
      inSight('[data-slot="skeleton"]').length === 0 &&
      inSight('.plot').length > 0 &&
      inSight('.plot').every(plot => plot.querySelector('svg.drawn-by-hand path, svg.drawn-by-hand rect'))

    window.untilInteractive = () =>
      new Promise(resolve => {
        let drawnMs = Number.POSITIVE_INFINITY
        const look = (): void => {
          drawnMs = isDrawn() ? Math.min(drawnMs, performance.now()) : Number.POSITIVE_INFINITY
          const sinceMs = Math.max(drawnMs, busyUntilMs)
          if (performance.now() - sinceMs >= QUIET_MS) resolve(sinceMs)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
  })

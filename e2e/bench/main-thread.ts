import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Durations of tasks of 50 ms and more. */
    longTasks: number[]
    /** Since the navigation: when charts were drawn and then the main thread first had nothing to do. */
    interactiveMs: Promise<number>
  }
}

/** Lets every page opened from now on say what its main thread did. */
export const watchMainThread = (page: Page) =>
  page.addInitScript(() => {
    window.longTasks = []
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration)
    }).observe({ type: 'longtask', buffered: true })
    const charts = () => document.querySelectorAll('svg.recharts-surface path, svg.drawn-by-hand rect').length
    window.interactiveMs = new Promise(resolve => {
      const look = (): void => {
        if (charts() === 0) return void requestAnimationFrame(look)
        // Others may follow: drawn means that a frame has brought no new ones.
        const before = charts()
        requestIdleCallback(() =>
          requestAnimationFrame(() => (charts() === before ? resolve(performance.now()) : look())),
        )
      }
      look()
    })
  })

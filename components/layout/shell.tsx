import type { ReactNode } from 'react'
import type { Person } from './person'
import { Rail } from './rail'
import { StaleNote } from './stale-note'
import { TopBar } from './top-bar'

const CONTENT_ID = 'content'

/** Rail and page. The page scrolls, the rail stays. */
export function Shell({ person, children }: { person: Person; children: ReactNode }) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href={`#${CONTENT_ID}`}
        className="sr-only z-50 rounded-md bg-primary px-3 py-1.5 font-medium text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <TopBar person={person} />
      <aside className="sticky top-0 hidden h-dvh border-r bg-sidebar md:block">
        <Rail person={person} />
      </aside>
      <main id={CONTENT_ID} tabIndex={-1} className="min-w-0 outline-none">
        <StaleNote />
        {children}
      </main>
    </div>
  )
}

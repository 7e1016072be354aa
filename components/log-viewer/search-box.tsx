'use client'

import { CaseSensitiveIcon, RegexIcon, SearchIcon } from 'lucide-react'
import { debounce } from 'nuqs'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { regexProblem } from '@/lib/domain/logs/filter'
import type { LogParams } from './use-log-params'

const TYPING_MS = 350

/** Text or expression, searched for on the server over everything that is kept. */
export function SearchBox({ params, setFilter }: Pick<LogParams, 'params' | 'setFilter'>) {
  const problem = params.regex && params.q !== '' ? regexProblem(params.q) : null
  return (
    <div className="relative w-full sm:w-72">
      <SearchIcon
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
        aria-hidden
      />
      <Input
        type="search"
        aria-label="Search log lines"
        aria-invalid={problem !== null}
        aria-describedby={problem ? 'log-search-problem' : undefined}
        placeholder={params.regex ? 'Regular expression' : 'Text in any kept line'}
        value={params.q}
        maxLength={500}
        onChange={event => setFilter({ q: event.target.value }, { limitUrlUpdates: debounce(TYPING_MS) })}
        className="pr-16 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      <div className="absolute top-1 right-1 flex gap-0.5">
        <Flag label="Match case" isOn={params.case} onToggle={() => setFilter({ case: !params.case })}>
          <CaseSensitiveIcon aria-hidden />
        </Flag>
        <Flag
          label="Regular expression"
          isOn={params.regex}
          onToggle={() => setFilter({ regex: !params.regex })}
        >
          <RegexIcon aria-hidden />
        </Flag>
      </div>
      {problem && (
        <p id="log-search-problem" className="mt-1 text-destructive text-xs" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

type FlagProps = { label: string; isOn: boolean; onToggle: () => void; children: React.ReactNode }

function Flag({ label, isOn, onToggle, children }: FlagProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onClick={onToggle}
      className={cn(
        'grid size-6 place-items-center rounded-sm text-muted-foreground outline-none hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring [&_svg]:size-4',
        isOn && 'bg-primary/15 text-primary hover:bg-primary/20',
      )}
    >
      {children}
    </button>
  )
}

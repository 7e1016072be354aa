'use client'

import { ListFilterIcon, SearchIcon, Trash2Icon, XIcon } from 'lucide-react'
import { debounce } from 'nuqs'
import { StateDot } from '@/components/feedback/state-dot'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Input } from '@/components/ui/input'
import { ENDPOINT_STATES, STATE_INFO } from '@/lib/domain/endpoint/state'
import { useListParams } from './use-list-params'

const TYPING_MS = 200

/** Search and states; both in the URL. */
export function ListFilters() {
  const { params, setParams, isFiltered, clear } = useListParams()
  const toggle = (state: (typeof ENDPOINT_STATES)[number]) => {
    const isOn = params.state.includes(state)
    setParams({ state: isOn ? params.state.filter(entry => entry !== state) : [...params.state, state] })
  }
  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="relative w-full sm:w-64">
        <SearchIcon
          className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
          aria-hidden
        />
        <Input
          type="search"
          aria-label="Search endpoints"
          placeholder="Name, model, task or tag"
          value={params.search}
          onChange={event =>
            setParams({ search: event.target.value }, { limitUrlUpdates: debounce(TYPING_MS) })
          }
          className="pl-8"
        />
      </div>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="outline">
            <ListFilterIcon aria-hidden />
            State
            {params.state.length > 0 && <Badge variant="default">{params.state.length}</Badge>}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          {ENDPOINT_STATES.map(state => (
            <DropdownMenuCheckboxItem
              key={state}
              checked={params.state.includes(state)}
              onCheckedChange={() => toggle(state)}
              onSelect={event => event.preventDefault()}
            >
              <StateDot tone={STATE_INFO[state].tone} className="mx-1" />
              {STATE_INFO[state].label}
            </DropdownMenuCheckboxItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <Button
        variant={params.deleted ? 'secondary' : 'ghost'}
        aria-pressed={params.deleted}
        onClick={() => setParams({ deleted: !params.deleted })}
      >
        <Trash2Icon aria-hidden />
        Deleted
      </Button>
      {isFiltered && (
        <Button variant="ghost" onClick={clear}>
          <XIcon aria-hidden />
          Clear
        </Button>
      )}
    </search>
  )
}

'use client'

import { ClockIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { exactTime } from './format-time'
import type { LogParams } from './use-log-params'

const PRESETS = [
  { label: '15 min', minutes: 15 },
  { label: '1 h', minutes: 60 },
  { label: '6 h', minutes: 360 },
  { label: '24 h', minutes: 1440 },
]

/** From when to when; without an end the log goes on live. */
export function TimeRange({ log: { params, setFilter, zone } }: { log: LogParams }) {
  const { since, until } = params
  const isSet = since !== null || until !== null
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="outline">
          <ClockIcon aria-hidden />
          Time
          {isSet && <Badge variant="default">1</Badge>}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="grid gap-3">
        <div className="flex flex-wrap gap-1">
          {PRESETS.map(({ label, minutes }) => (
            <Button
              key={label}
              size="sm"
              variant="secondary"
              onClick={() => setFilter({ since: Date.now() - minutes * 60_000, until: null })}
            >
              Last {label}
            </Button>
          ))}
        </div>
        <Moment
          id="log-since"
          label="From"
          value={since}
          zone={zone}
          onChange={at => setFilter({ since: at })}
        />
        <Moment
          id="log-until"
          label="To"
          value={until}
          zone={zone}
          onChange={at => setFilter({ until: at })}
        />
        <p className="text-muted-foreground text-xs">
          Times are in {zone === 'utc' ? 'UTC' : 'your time zone'}. Without an end, new lines keep coming.
        </p>
        {isSet && (
          <Button variant="ghost" size="sm" onClick={() => setFilter({ since: null, until: null })}>
            Any time
          </Button>
        )}
      </PopoverContent>
    </Popover>
  )
}

type MomentProps = {
  id: string
  label: string
  value: number | null
  zone: 'local' | 'utc'
  onChange: (timeMs: number | null) => void
}

function Moment({ id, label, value, zone, onChange }: MomentProps) {
  const text = value === null ? '' : exactTime(value, zone).slice(0, 19).replace(' ', 'T')
  return (
    <div className="grid gap-1">
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        type="datetime-local"
        step={1}
        value={text}
        onChange={event => {
          const timeMs = Date.parse(zone === 'utc' ? `${event.target.value}Z` : event.target.value)
          onChange(Number.isNaN(timeMs) ? null : timeMs)
        }}
      />
    </div>
  )
}

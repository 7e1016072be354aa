'use client'

import { CalendarRangeIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { fieldOf, instantOf } from '@/lib/domain/analytics/field-time'
import { windowProblem } from '@/lib/domain/analytics/range'
import type { Zone } from '@/lib/domain/format/time'

type Props = {
  from: number | null
  to: number | null
  zone: Zone
  onChange: (from: number, to: number) => void
}

const DAY_MS = 86_400_000
const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Both ends of a range by hand; dragging on a chart sets the same. */
export function CustomRange({ from, to, zone, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const apply = (fromMs: number, toMs: number) => {
    setIsOpen(false)
    onChange(fromMs, toMs)
  }
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm">
          <CalendarRangeIcon />
          Custom
        </Button>
      </PopoverTrigger>
      <PopoverContent>
        <RangeForm from={from} to={to} zone={zone} onChange={apply} />
      </PopoverContent>
    </Popover>
  )
}

/** Made only when somebody opens it: what it asks `Intl` takes as long as a chart. */
function RangeForm({ from, to, zone, onChange }: Props) {
  const [problem, setProblem] = useState<string | null>(null)
  const apply = (form: FormData) => {
    const at = (name: string) => instantOf(String(form.get(name)), zone)
    const found = windowProblem({ from: at('from'), to: at('to') })
    setProblem(found)
    if (found !== null) return
    onChange(at('from'), at('to'))
  }
  return (
    <form action={apply} className="grid gap-3">
      <p className="text-muted-foreground text-xs">
        {zone === 'utc' ? 'In UTC.' : `In your time zone, ${ownZone()}.`}
      </p>
      <Label htmlFor="range-from">From</Label>
      <Input
        id="range-from"
        name="from"
        type="datetime-local"
        required
        defaultValue={fieldOf(from ?? Date.now() - DAY_MS, zone)}
      />
      <Label htmlFor="range-to">To</Label>
      <Input
        id="range-to"
        name="to"
        type="datetime-local"
        required
        defaultValue={fieldOf(to ?? Date.now(), zone)}
      />
      {problem && (
        <p role="alert" className="text-sm text-state-bad">
          {problem}
        </p>
      )}
      <Button type="submit" size="sm">
        Show this range
      </Button>
    </form>
  )
}

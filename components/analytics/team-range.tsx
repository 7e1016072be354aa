'use client'

import { useQueryStates } from 'nuqs'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { RANGE_KEYS, RANGES, type RangeKey } from '@/lib/domain/analytics/range'
import { teamParams } from './team-params'

export function TeamRange() {
  const [{ range }, setParams] = useQueryStates(teamParams)
  return (
    <ToggleGroup
      type="single"
      aria-label="Time range"
      value={range}
      onValueChange={value => value && setParams({ range: value as RangeKey })}
    >
      {RANGE_KEYS.map(key => (
        <ToggleGroupItem key={key} value={key} aria-label={`Last ${RANGES[key].label}`}>
          {key}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  )
}

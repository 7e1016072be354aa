'use client'

import { ZoomOutIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { RANGE_KEYS, RANGES, type RangeKey } from '@/lib/domain/analytics/range'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { formatExact } from '@/lib/domain/format/time'
import { CustomRange } from './custom-range'
import { FilterSelect } from './filter-select'
import { TokenSelect } from './token-select'
import type { useAnalyticsParams } from './use-analytics'

/** Older revisions are reached from the Settings tab's history. */
const REVISIONS_OFFERED = 20

type Props = Pick<ReturnType<typeof useAnalyticsParams>, 'params' | 'setParams'> & {
  team: string
  endpoint: EndpointDetail
}

/** Range, replica, revision, zone and refresh: one bar for every chart, all of it in the URL. */
export function AnalyticsToolbar({ params, setParams, team, endpoint }: Props) {
  const zoomed = params.from !== null && params.to !== null
  const revisions = Array.from(
    { length: Math.min(endpoint.revision, REVISIONS_OFFERED) },
    (_, index) => endpoint.revision - index,
  )
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2" role="toolbar" aria-label="Analytics">
      <ToggleGroup
        type="single"
        aria-label="Time range"
        value={zoomed ? '' : params.range}
        onValueChange={value => value && setParams({ range: value as RangeKey, from: null, to: null })}
      >
        {RANGE_KEYS.map(key => (
          <ToggleGroupItem key={key} value={key} aria-label={`Last ${RANGES[key].label}`}>
            {key}
          </ToggleGroupItem>
        ))}
      </ToggleGroup>
      <CustomRange
        from={params.from}
        to={params.to}
        zone={params.zone}
        onChange={(from, to) => setParams({ from, to })}
      />
      {params.from !== null && params.to !== null && (
        <Button variant="outline" size="sm" onClick={() => setParams({ from: null, to: null })}>
          <ZoomOutIcon />
          <span className="tabular-nums">
            {formatExact(params.from, params.zone)} – {formatExact(params.to, params.zone)}
          </span>
          <span className="sr-only">Back to the last {RANGES[params.range].label}</span>
        </Button>
      )}
      <FilterSelect
        label="Replica"
        all="All replicas"
        value={params.replica}
        options={endpoint.replicas.map(replica => ({ value: replica.id, label: replica.name }))}
        onChange={replica => setParams({ replica, token: null })}
      />
      <FilterSelect
        label="Revision"
        all="All revisions"
        value={params.revision === null ? null : String(params.revision)}
        options={revisions.map(number => ({ value: String(number), label: `Revision ${number}` }))}
        onChange={revision =>
          setParams({ revision: revision === null ? null : Number(revision), token: null })
        }
      />
      <TokenSelect
        team={team}
        value={params.token}
        onChange={token => setParams({ token, replica: null, revision: null })}
      />
      <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-2">
        <Toggle
          id="compare"
          label="Compare with the period before"
          checked={params.compare}
          onChange={compare => setParams({ compare })}
        />
        <Toggle
          id="utc"
          label="UTC"
          checked={params.zone === 'utc'}
          onChange={utc => setParams({ zone: utc ? 'utc' : 'local' })}
        />
        {endpoint.removedAt === null ? (
          <Toggle
            id="live"
            label="Auto-refresh"
            checked={params.live}
            onChange={live => setParams({ live })}
          />
        ) : (
          <LastDay removedAt={endpoint.removedAt} onChange={setParams} />
        )}
      </div>
    </div>
  )
}

/** Of a deleted endpoint nothing new comes, and what was may lie far before a range that ends now. */
function LastDay({
  removedAt,
  onChange,
}: {
  removedAt: string
  onChange: (range: { from: number; to: number }) => void
}) {
  const to = Date.parse(removedAt)
  const from = to - RANGES['24h'].seconds * 1000
  return (
    <Button variant="outline" size="sm" onClick={() => onChange({ from, to })}>
      Its last 24 hours
    </Button>
  )
}

function Toggle({
  id,
  label,
  checked,
  onChange,
}: {
  id: string
  label: string
  checked: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <div className="flex items-center gap-1.5">
      <Switch id={id} checked={checked} onCheckedChange={onChange} />
      <Label htmlFor={id} className="text-muted-foreground text-xs">
        {label}
      </Label>
    </div>
  )
}

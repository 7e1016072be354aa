'use client'

import { useQuery } from '@tanstack/react-query'
import { tokensList } from '@/lib/queries/tokens'
import { browserTransport, keyOf } from '@/lib/queries/transport'
import { FilterSelect } from './filter-select'

/** Stands for requests without a token, in rollups and in the URL. */
const NO_TOKEN = '00000000-0000-0000-0000-000000000000'

type Props = { team: string; value: string | null; onChange: (token: string | null) => void }

/** The team's tokens; one that is no longer among them stays chosen while the URL names it. */
export function TokenSelect({ team, value, onChange }: Props) {
  const input = { team }
  const { data } = useQuery({
    queryKey: keyOf(tokensList, input),
    queryFn: ({ signal }) => browserTransport(tokensList, input, signal),
  })
  const options = [
    ...(data?.items ?? []).map(token => ({ value: token.id, label: token.name })),
    { value: NO_TOKEN, label: 'Without a token' },
  ]
  const isListed = value === null || options.some(option => option.value === value)
  return (
    <FilterSelect
      label="Token"
      all="All tokens"
      value={value}
      options={isListed ? options : [...options, { value: value ?? '', label: 'A token no longer listed' }]}
      onChange={onChange}
    />
  )
}

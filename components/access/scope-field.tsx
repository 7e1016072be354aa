'use client'

import { useAsker, useTeam } from '@/components/layout/team-context'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { canCreateToken } from '@/lib/domain/access/rights'
import { TOKEN_SCOPE_INFO, TOKEN_SCOPES, type TokenScope } from '@/lib/domain/access/tokens'

/** The scopes a person may hand on; the others are shown, and why they are not theirs to give. */
export function ScopeField({
  value,
  onChange,
}: {
  value: TokenScope
  onChange: (scope: TokenScope) => void
}) {
  const isAllowed = useAllowedScope()
  return (
    <RadioGroup
      aria-label="Scope"
      value={value}
      onValueChange={scope => onChange(scope as TokenScope)}
      className="gap-1.5"
    >
      <span aria-hidden className="font-medium">
        Scope
      </span>
      {TOKEN_SCOPES.map(scope => (
        <RadioTile key={scope} value={scope} disabled={!isAllowed(scope)} className="grid gap-0.5">
          <span className="font-medium">{scope}</span>
          <span className="text-muted-foreground text-xs">
            {isAllowed(scope) ? TOKEN_SCOPE_INFO[scope] : 'Your role in this team may only look.'}
          </span>
        </RadioTile>
      ))}
    </RadioGroup>
  )
}

export function useAllowedScope(): (scope: TokenScope) => boolean {
  const asker = useAsker()
  const { id } = useTeam()
  return scope => canCreateToken(asker, { id }, scope)
}

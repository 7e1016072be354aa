'use client'

import { GlobeIcon, KeyRoundIcon, ShieldIcon } from 'lucide-react'
import { Field, FieldTextarea } from '@/components/ui/field'
import { RadioGroup, RadioTile } from '@/components/ui/radio-group'
import { SECURITY_INFO, SECURITY_LEVELS, type SecurityLevel } from '@/lib/domain/access/security'
import type { EndpointDraft } from '@/lib/domain/endpoint/draft'

const ICONS: Record<SecurityLevel, typeof GlobeIcon> = {
  public: GlobeIcon,
  protected: KeyRoundIcon,
  private: ShieldIcon,
}

type Props = {
  draft: Pick<EndpointDraft, 'level' | 'allowedRanges'>
  update: (change: Pick<Partial<EndpointDraft>, 'level' | 'allowedRanges'>) => void
  error?: string | undefined
}

/** Who may call, in the three levels that mean the same before every provider. */
export function SecurityFields({ draft, update, error }: Props) {
  return (
    <div className="grid gap-4">
      <RadioGroup
        aria-label="Security level"
        value={draft.level}
        onValueChange={value =>
          update({ level: SECURITY_LEVELS.find(level => level === value) ?? 'protected' })
        }
        className="grid gap-2 md:grid-cols-3"
      >
        {SECURITY_LEVELS.map(level => {
          const Icon = ICONS[level]
          const info = SECURITY_INFO[level]
          return (
            <RadioTile key={level} value={level} className="grid content-start gap-1.5">
              <span className="flex items-center gap-2 font-medium">
                <Icon className="size-4" aria-hidden /> {info.label}
              </span>
              <span className="text-muted-foreground text-xs">{info.meaning}</span>
              <span className="text-xs">
                Can call: {info.who.charAt(0).toLowerCase() + info.who.slice(1)}.
              </span>
            </RadioTile>
          )
        })}
      </RadioGroup>
      {draft.level === 'private' && (
        <Field
          label="Allowed address ranges"
          description="One per line: the addresses callers come from, as the gateway sees them. For example 10.0.0.0/8 or 127.0.0.1."
          error={error}
          className="max-w-xl"
        >
          <FieldTextarea
            rows={3}
            className="font-mono text-xs"
            value={draft.allowedRanges.join('\n')}
            onChange={event =>
              update({ allowedRanges: event.target.value.split('\n').map(line => line.trimStart()) })
            }
            onBlur={() =>
              update({ allowedRanges: draft.allowedRanges.map(range => range.trim()).filter(Boolean) })
            }
          />
        </Field>
      )}
    </div>
  )
}

import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import type { Analytics } from './use-analytics'

type Props = Pick<Analytics, 'params' | 'setParams'> & { byToken: boolean }

/** What a bar is divided into, and whether it is counted or shared out. Of one token only classes are kept. */
export function RequestControls({ params, setParams, byToken }: Props) {
  return (
    <>
      <ToggleGroup
        type="single"
        aria-label="Group requests"
        disabled={byToken}
        value={byToken ? 'class' : params.by}
        onValueChange={by => by && setParams({ by: by === 'code' ? 'code' : 'class' })}
      >
        <ToggleGroupItem value="class">Class</ToggleGroupItem>
        <ToggleGroupItem value="code">Code</ToggleGroupItem>
      </ToggleGroup>
      <ToggleGroup
        type="single"
        aria-label="Count or share"
        value={params.share ? 'share' : 'count'}
        onValueChange={value => value && setParams({ share: value === 'share' })}
      >
        <ToggleGroupItem value="count">Count</ToggleGroupItem>
        <ToggleGroupItem value="share" aria-label="Percentages">
          %
        </ToggleGroupItem>
      </ToggleGroup>
    </>
  )
}

import { DownloadIcon, HeartIcon, LockIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { RadioTile } from '@/components/ui/radio-group'
import { taskLabel } from '@/lib/domain/endpoint/task'
import { formatCompactCount } from '@/lib/domain/format/count'
import type { HubModelSummary } from '@/lib/domain/hub/model'
import { HubModelSize } from './hub-model-size'

/** One model of the search: what it is for, what it weighs, and what others think of it. */
export function HubModelRow({ team, model }: { team: string; model: HubModelSummary }) {
  return (
    <RadioTile value={model.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 max-w-full truncate font-medium">{model.id}</span>
      {model.gated && (
        <Badge variant="outline">
          <LockIcon aria-hidden /> Gated
        </Badge>
      )}
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-xs tabular-nums sm:ml-auto [&_svg]:size-3.5">
        {model.task && <span>{taskLabel(model.task)}</span>}
        {model.library && <span>{model.library}</span>}
        {model.license && <span>{model.license}</span>}
        <HubModelSize team={team} model={model} />
        <Count icon={<DownloadIcon aria-hidden />} label="Downloads" value={model.downloads} />
        <Count icon={<HeartIcon aria-hidden />} label="Likes" value={model.likes} />
      </span>
    </RadioTile>
  )
}

function Count({ icon, label, value }: { icon: React.ReactNode; label: string; value: number }) {
  return (
    <span className="flex items-center gap-1">
      {icon}
      <span className="sr-only">{label}</span> {formatCompactCount(value)}
    </span>
  )
}

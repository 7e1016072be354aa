import { GlobeIcon, KeyRoundIcon, type LucideIcon, ShieldIcon } from 'lucide-react'
import { SECURITY_INFO, type SecurityLevel } from '@/lib/domain/access/security'

const ICONS: Record<SecurityLevel, LucideIcon> = {
  public: GlobeIcon,
  protected: KeyRoundIcon,
  private: ShieldIcon,
}

export function SecurityLabel({ level }: { level: SecurityLevel }) {
  const Icon = ICONS[level]
  return (
    <span className="inline-flex items-center gap-1.5" title={SECURITY_INFO[level].meaning}>
      <Icon className="size-3.5 text-muted-foreground" aria-hidden />
      {SECURITY_INFO[level].label}
    </span>
  )
}

import { type LucideIcon, MonitorIcon, MoonIcon, SunIcon } from 'lucide-react'

export const THEMES: readonly { value: 'system' | 'light' | 'dark'; label: string; icon: LucideIcon }[] = [
  { value: 'system', label: 'As the system', icon: MonitorIcon },
  { value: 'light', label: 'Light', icon: SunIcon },
  { value: 'dark', label: 'Dark', icon: MoonIcon },
]

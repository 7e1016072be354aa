'use client'

import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { THEMES } from './themes'

const never = () => () => {}

/** The theme is known to this browser only, so the server draws the control without a choice. */
export function ThemePicker() {
  const { theme, setTheme } = useTheme()
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <ToggleGroup
      type="single"
      aria-label="Theme"
      value={isBrowser ? (theme ?? 'system') : ''}
      onValueChange={value => value && setTheme(value)}
    >
      {THEMES.map(({ value, label, icon: Icon }) => (
        <ToggleGroupItem key={value} value={value}>
          <Icon aria-hidden />
          {label}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  )
}

'use client'

import { useSyncExternalStore } from 'react'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { THEMES } from './themes'
import { usePickedTheme } from './use-picked-theme'

const never = () => () => {}

/** The theme is known to this browser only, so the server draws the control without a choice. */
export function ThemePicker() {
  const { theme, pick } = usePickedTheme()
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <ToggleGroup
      type="single"
      aria-label="Theme"
      value={isBrowser ? theme : ''}
      onValueChange={value => value && pick(value)}
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

'use client'

import type { ReactNode } from 'react'
import { ThemePicker } from '@/components/layout/theme-picker'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { useResource } from '@/lib/client/use-resource'
import { profileGet } from '@/lib/queries/profile'
import { NameForm } from './name-form'
import { PasswordForm } from './password-form'
import { SessionList } from './session-list'

/** The signed-in person: name, password, sessions, theme. */
export function ProfileView() {
  const { data } = useResource(profileGet, {})
  return (
    <div className="grid max-w-3xl gap-4">
      <Panel title="You">
        <NameForm name={data.name} email={data.email} />
      </Panel>
      {data.hasPassword && (
        <Panel title="Password">
          <PasswordForm />
        </Panel>
      )}
      <Panel title="Sessions">
        <SessionList />
      </Panel>
      <Panel title="Theme">
        <ThemePicker />
      </Panel>
    </div>
  )
}

const Panel = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card aria-label={title}>
    <CardHeader>
      <CardTitle>{title}</CardTitle>
    </CardHeader>
    <CardContent>{children}</CardContent>
  </Card>
)

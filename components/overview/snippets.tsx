'use client'

import { useState } from 'react'
import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { SNIPPET_INFO, SNIPPET_LANGUAGES, snippet } from '@/lib/domain/endpoint/snippets'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { TokenChoice } from './token-choice'

/** Lines that call the endpoint as they are printed. */
export function Snippets({ team, endpoint }: { team: string; endpoint: EndpointDetail }) {
  // In memory only: leaving the page forgets it.
  const [token, setToken] = useState<string | null>(null)
  const { url, task, security } = endpoint
  const needsToken = security !== 'public'
  return (
    <Card>
      <CardHeader>
        <CardTitle>Call it</CardTitle>
        {needsToken && (
          <CardAction>
            <TokenChoice team={team} endpoint={endpoint} token={token} onChange={setToken} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        <Tabs defaultValue="curl">
          <TabsList aria-label="Language">
            {SNIPPET_LANGUAGES.map(language => (
              <TabsTrigger key={language} value={language}>
                {SNIPPET_INFO[language].label}
              </TabsTrigger>
            ))}
          </TabsList>
          {SNIPPET_LANGUAGES.map(language => {
            const code = snippet(language, { url, task, security, token })
            const { label, needs } = SNIPPET_INFO[language]
            return (
              <TabsContent key={language} value={language} className="grid grid-cols-1 gap-2 pt-3">
                <CodeBlock label={`${label} snippet`}>{code}</CodeBlock>
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <p className="text-muted-foreground text-xs">
                    {needs} {tokenHint(needsToken, token)}
                  </p>
                  <CopyButton text={code} label={`Copy ${label}`} size="sm" variant="outline" />
                </div>
              </TabsContent>
            )
          })}
        </Tabs>
      </CardContent>
    </Card>
  )
}

function tokenHint(needsToken: boolean, token: string | null): string {
  if (!needsToken) return 'No token is needed: it is public.'
  return token === null
    ? 'Reads the token from $SLIPWAY_TOKEN.'
    : 'Holds the new token. Copy it before you leave this page: it is not shown again.'
}

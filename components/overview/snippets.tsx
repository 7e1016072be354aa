'use client'

import { useState } from 'react'
import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'
import { useAsker, useTeam } from '@/components/layout/team-context'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { createToken } from '@/lib/actions/tokens'
import { useAction } from '@/lib/client/use-action'
import { canCreateToken } from '@/lib/domain/access/rights'
import { SNIPPET_INFO, SNIPPET_LANGUAGES, snippet } from '@/lib/domain/endpoint/snippets'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'

const TOKEN_LIFE_DAYS = 90

/** Lines that call the endpoint as they are printed. */
export function Snippets({ team, endpoint }: { team: string; endpoint: EndpointDetail }) {
  // Lives in memory only: leaving the page forgets it.
  const [token, setToken] = useState<string | null>(null)
  return (
    <Card aria-label="Call it">
      <CardHeader>
        <CardTitle>Call it</CardTitle>
        {endpoint.security !== 'public' && (
          <CardAction>
            <TokenForThis team={team} endpoint={endpoint} has={token !== null} onToken={setToken} />
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
            const code = snippet(language, {
              url: endpoint.url,
              task: endpoint.task,
              security: endpoint.security,
              token,
            })
            const { label, needs } = SNIPPET_INFO[language]
            return (
              <TabsContent key={language} value={language} className="grid gap-2 pt-3">
                <CodeBlock label={`${label} snippet`}>{code}</CodeBlock>
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <p className="text-muted-foreground text-xs">
                    {needs} {tokenHint(endpoint, token)}
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

function tokenHint(endpoint: EndpointDetail, token: string | null): string {
  if (endpoint.security === 'public') return 'No token is needed.'
  return token === null
    ? 'Reads the token from $SLIPWAY_TOKEN.'
    : 'Holds the new token; copy it before you leave, it is not shown again.'
}

type TokenProps = { team: string; endpoint: EndpointDetail; has: boolean; onToken: (text: string) => void }

/** Makes an infer token for this endpoint and fills it in until the page is left. */
function TokenForThis({ team, endpoint, has, onToken }: TokenProps) {
  const asker = useAsker()
  const { id } = useTeam()
  const { run, isPending, error } = useAction(createToken, {
    invalidates: ['tokens.list'],
    onSuccess: created => onToken(created.text),
  })
  if (has) return <span className="text-state-good text-xs">Token filled in</span>
  if (!canCreateToken(asker, { id }, 'infer')) return null
  return (
    <>
      {error && (
        <span role="alert" className="text-destructive text-xs">
          {error.message}
        </span>
      )}
      <Button
        variant="outline"
        size="sm"
        disabled={isPending}
        onClick={() =>
          run({
            team,
            name: `Snippet for ${endpoint.name}`,
            scope: 'infer',
            endpoint: endpoint.id,
            expiresInDays: TOKEN_LIFE_DAYS,
          })
        }
      >
        Create a token for this
      </Button>
    </>
  )
}

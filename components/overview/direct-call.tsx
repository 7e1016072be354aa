import { CodeBlock } from '@/components/feedback/code-block'
import { CopyButton } from '@/components/feedback/copy-button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { directHelp, directSnippet } from '@/lib/domain/network/direct-snippet'

/** Instead of our own address: how callers reach the provider, past Slipway. */
export function DirectCall({ endpoint }: { endpoint: EndpointDetail }) {
  const { provider, region, task, upstreamUrl: url } = endpoint
  const label = PROVIDER_LABELS[provider]
  return (
    <Card>
      <CardHeader>
        <CardTitle>Call it at {label}</CardTitle>
      </CardHeader>
      <CardContent className="grid grid-cols-1 gap-3">
        <p className="text-sm">
          Direct only: calls bypass Slipway and come from within the private network. The gateway refuses them
          with this address. Slipway’s tokens, time limit and counts do not apply; Analytics shows what{' '}
          {label} measures.
        </p>
        {url === null ? (
          <p className="text-muted-foreground text-sm">{label} has not told its own address yet.</p>
        ) : (
          <>
            <CodeBlock label="curl snippet">{directSnippet({ provider, region, url, task })}</CodeBlock>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="text-muted-foreground text-xs">{directHelp(provider)}</p>
              <CopyButton
                text={directSnippet({ provider, region, url, task })}
                label="Copy curl"
                size="sm"
                variant="outline"
              />
            </div>
          </>
        )}
      </CardContent>
    </Card>
  )
}

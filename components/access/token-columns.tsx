import type { Column } from '@/components/data-table/column'
import { RelativeTime } from '@/components/feedback/relative-time'
import { Badge } from '@/components/ui/badge'
import { TOKEN_SCOPE_INFO } from '@/lib/domain/access/tokens'
import type { TokenView } from '@/lib/domain/endpoint/view'
import { TokenExpiry } from './token-expiry'

const never = <span className="text-muted-foreground">never</span>

export const TOKEN_COLUMNS: readonly Column<TokenView>[] = [
  {
    key: 'name',
    header: 'Name',
    isTitle: true,
    className: 'w-full max-w-0',
    cell: token => (
      <div className="min-w-0">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{token.name}</span>
          {token.isOfSpace && (
            <Badge title="The secret of a demo at Hugging Face: revoking it stops it.">Space</Badge>
          )}
        </p>
        <p className="font-mono text-muted-foreground text-xs">{token.preview}</p>
      </div>
    ),
  },
  {
    key: 'scope',
    header: 'Scope',
    cell: token => (
      <Badge variant="outline" title={TOKEN_SCOPE_INFO[token.scope]}>
        {token.scope}
      </Badge>
    ),
  },
  { key: 'endpoint', header: 'Endpoint', cell: token => token.endpoint?.name ?? 'All' },
  {
    key: 'used',
    header: 'Last used',
    cell: token => (token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : never),
  },
  {
    key: 'expires',
    header: 'Expires',
    cell: token => (token.expiresAt ? <TokenExpiry at={token.expiresAt} /> : never),
  },
  {
    key: 'created',
    header: 'Created',
    className: 'text-muted-foreground',
    cell: token => (
      <>
        <RelativeTime at={token.createdAt} /> by {token.createdBy}
      </>
    ),
  },
]

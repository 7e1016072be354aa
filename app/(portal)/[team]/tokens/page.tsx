import type { Metadata } from 'next'
import { Prefetched, read } from '@/app/prefetched'
import { CreateTokenDialog } from '@/components/access/create-token-dialog'
import { TokenList } from '@/components/access/token-list'
import { TableSkeleton } from '@/components/data-table/table-skeleton'
import { Region } from '@/components/feedback/region'
import { PageBar, PageBody } from '@/components/layout/page'
import { Card } from '@/components/ui/card'
import { tokensList } from '@/lib/queries/tokens'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage({ params }: PageProps<'/[team]/tokens'>) {
  const { team } = await params
  return (
    <Prefetched reads={[read(tokensList, { team })]}>
      <PageBar title="Tokens" actions={<CreateTokenDialog />} />
      <PageBody>
        <Card className="overflow-hidden">
          <Region title="The tokens could not be loaded" skeleton={<TableSkeleton columns={5} />}>
            <TokenList />
          </Region>
        </Card>
      </PageBody>
    </Prefetched>
  )
}

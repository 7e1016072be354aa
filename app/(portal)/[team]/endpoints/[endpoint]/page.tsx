import { redirect } from 'next/navigation'
import { routes } from '@/lib/routes'

export default async function EndpointPage({ params }: PageProps<'/[team]/endpoints/[endpoint]'>) {
  const { team, endpoint } = await params
  redirect(routes.endpoint(team, endpoint))
}

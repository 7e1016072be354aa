import { redirect } from 'next/navigation'
import { routes } from '@/lib/routes'

export default async function TeamPage({ params }: PageProps<'/[team]'>) {
  redirect(routes.team.endpoints((await params).team))
}

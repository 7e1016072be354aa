import { PageNotFound } from '@/components/feedback/page-not-found'

/** The rail stays. */
export default function PortalNotFound() {
  return <PageNotFound className="min-h-[70dvh]" />
}

export { AnalyticsSkeleton as default } from '@/components/analytics/analytics-skeleton'

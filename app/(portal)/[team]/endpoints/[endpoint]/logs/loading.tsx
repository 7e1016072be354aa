export { LogSkeleton as default } from '@/components/log-viewer/log-skeleton'

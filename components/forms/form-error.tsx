import { CircleAlertIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import type { AppError } from '@/lib/domain/result'

/** What a form as a whole was refused for, with the id to ask about it. */
export function FormError({ error, title }: { error: AppError | null; title: string }) {
  if (error === null) return null
  return (
    <Alert variant="destructive" role="alert">
      <CircleAlertIcon aria-hidden />
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription>
        {error.message}
        {error.code === 'internal' && error.requestId && (
          <>
            {' '}
            <code className="font-mono text-xs">{error.requestId}</code>
          </>
        )}
      </AlertDescription>
    </Alert>
  )
}

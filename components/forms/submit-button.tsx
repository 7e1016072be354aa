import { LoaderCircleIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'

/** Keeps its width and its place in the focus order while it works. */
export function SubmitButton({
  isPending,
  children,
  ...props
}: ComponentProps<typeof Button> & { isPending: boolean }) {
  return (
    <Button type="submit" aria-disabled={isPending || undefined} {...props}>
      {isPending && <LoaderCircleIcon className="animate-spin" aria-hidden />}
      {children}
    </Button>
  )
}

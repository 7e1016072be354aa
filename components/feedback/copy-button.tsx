'use client'

import { CheckIcon, CopyIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { useCopy } from '@/lib/client/use-copy'

type Props = Omit<ComponentProps<typeof Button>, 'onClick' | 'children' | 'aria-label'> & {
  text: string
  /** Says what is copied: "Copy URL". Shown as text unless the size is an icon's. */
  label: string
}

export function CopyButton({ text, label, size = 'icon-sm', variant = 'ghost', ...props }: Props) {
  const { copied, copy } = useCopy()
  const isIcon = size?.startsWith('icon')
  return (
    <Button
      variant={variant}
      size={size}
      title={isIcon ? label : undefined}
      aria-label={isIcon ? label : undefined}
      onClick={() => copy(text)}
      {...props}
    >
      {copied ? <CheckIcon className="text-state-good" aria-hidden /> : <CopyIcon aria-hidden />}
      {!isIcon && (copied ? 'Copied' : label)}
      <span aria-live="polite" className="sr-only">
        {copied && isIcon ? 'Copied' : ''}
      </span>
    </Button>
  )
}

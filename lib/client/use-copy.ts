'use client'

import { useEffect, useState } from 'react'
import { toast } from '@/lib/client/toast'

const SHOWN_MS = 1_600

/** Copies text and says so for a moment. Without a secure context browsers have no clipboard: then it says that. */
export function useCopy() {
  const [copied, setCopied] = useState(false)

  // Synchronises with the timer that ends the confirmation.
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])

  /** Whether it worked. */
  const copy = async (text: string): Promise<boolean> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      return true
    } catch {
      toast.error('The browser did not allow copying. Select the text and copy it by hand.')
      return false
    }
  }
  return { copied, copy }
}

'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { ThemeProvider } from 'next-themes'
import { type ReactNode, useState } from 'react'
import { TooltipProvider } from '@/components/ui/tooltip'
import { Later } from './later'
import { createQueryClient } from './query-client'
import { UrlAdapter } from './url-adapter'

const Toaster = dynamic(() => import('@/components/ui/sonner').then(module => module.Toaster), { ssr: false })

/** Everything that must stand around every page. `nonce` lets the theme's inline script pass the content policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem {...(nonce ? { nonce } : {})}>
      <QueryClientProvider client={queryClient}>
        <UrlAdapter>
          <TooltipProvider delayDuration={300} skipDelayDuration={150}>
            {children}
          </TooltipProvider>
        </UrlAdapter>
      </QueryClientProvider>
      <Later turn={3}>
        <Toaster />
      </Later>
    </ThemeProvider>
  )
}

import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '@/components/layout/providers'
import { monoLatin, sansExtended, sansLatin } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Slipway', template: '%s · Slipway' },
  description: 'Model endpoints on your own accounts, clusters and machines.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f9fa' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1013' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme's script sets the class before React hydrates; the difference is intended.
    <html lang="en" suppressHydrationWarning>
      <body
        className={`${sansLatin.variable} ${sansExtended.variable} ${monoLatin.variable} font-sans antialiased`}
      >
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}

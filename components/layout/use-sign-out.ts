'use client'

import { signOut } from 'next-auth/react'
import { routes } from '@/lib/routes'

/** Ends this session and leaves for the sign-in page; nothing of the page's data stays in memory. */
export const useSignOut = () => () => signOut({ callbackUrl: routes.signIn({ reason: 'signed-out' }) })

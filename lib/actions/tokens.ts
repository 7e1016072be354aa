'use server'

import { createTokenInput, revokeTokenInput } from '@/lib/domain/access/inputs'
import { createToken as create } from '@/lib/server/services/access/create-token'
import { revokeToken as revoke } from '@/lib/server/services/access/revoke-token'
import { action } from './action'

export const createToken = action(createTokenInput, create)
export const revokeToken = action(revokeTokenInput, revoke)

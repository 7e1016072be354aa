'use server'

import {
  changePasswordInput,
  emptyInput,
  renameProfileInput,
  revokeSessionInput,
} from '@/lib/domain/access/inputs'
import { changePassword as change } from '@/lib/server/services/access/change-password'
import { renameProfile as rename } from '@/lib/server/services/access/rename-profile'
import { revokeSession as revoke } from '@/lib/server/services/access/revoke-session'
import { signOutEverywhere as signOut } from '@/lib/server/services/access/sign-out-everywhere'
import { action } from './action'

export const changePassword = action(changePasswordInput, change)
export const renameProfile = action(renameProfileInput, rename)
export const revokeSession = action(revokeSessionInput, revoke)
/** Ends this session too: send the person to the sign-in page afterwards. */
export const signOutEverywhere = action(emptyInput, signOut)

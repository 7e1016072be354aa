'use server'

import { adoptEndpointInput } from '@/lib/domain/connections/account-endpoints'
import { resolveDriftInput } from '@/lib/domain/endpoint/drift-view'
import {
  createEndpointInput,
  endpointRef,
  removeEndpointInput,
  updateEndpointInput,
} from '@/lib/domain/endpoint/inputs'
import { adoptEndpoint as adopt } from '@/lib/server/services/endpoints/adopt-endpoint'
import { createEndpoint as create } from '@/lib/server/services/endpoints/create-endpoint'
import { createPlaygroundToken as createPlayground } from '@/lib/server/services/endpoints/create-playground-token'
import { keepTheirs as keep } from '@/lib/server/services/endpoints/keep-theirs'
import { manageEndpoint as manage } from '@/lib/server/services/endpoints/manage-endpoint'
import { pauseEndpoint as pause } from '@/lib/server/services/endpoints/pause-endpoint'
import { releaseEndpoint as release } from '@/lib/server/services/endpoints/release-endpoint'
import { removeEndpoint as remove } from '@/lib/server/services/endpoints/remove-endpoint'
import { restoreOurs as restore } from '@/lib/server/services/endpoints/restore-ours'
import { resumeEndpoint as resume } from '@/lib/server/services/endpoints/resume-endpoint'
import { scaleEndpointToZero as scaleToZero } from '@/lib/server/services/endpoints/scale-endpoint-to-zero'
import { updateEndpoint as update } from '@/lib/server/services/endpoints/update-endpoint'
import { action } from './action'

export const createEndpoint = action(createEndpointInput, create)
export const updateEndpoint = action(updateEndpointInput, update)
export const pauseEndpoint = action(endpointRef, pause)
export const resumeEndpoint = action(endpointRef, resume)
export const scaleEndpointToZero = action(endpointRef, scaleToZero)
/** What was changed outside Slipway is what the team wants. */
export const keepTheirs = action(resolveDriftInput, keep)
/** What was changed outside Slipway is undone. */
export const restoreOurs = action(resolveDriftInput, restore)
/** Of the account's own, to look at. */
export const adoptEndpoint = action(adoptEndpointInput, adopt)
export const manageEndpoint = action(endpointRef, manage)
export const releaseEndpoint = action(endpointRef, release)
export const removeEndpoint = action(removeEndpointInput, remove)
/** Valid for 60 seconds: ask for one right before each try. */
export const createPlaygroundToken = action(endpointRef, createPlayground)

'use server'

import { resolveDriftInput } from '@/lib/domain/endpoint/drift-view'
import {
  createEndpointInput,
  endpointRef,
  removeEndpointInput,
  updateEndpointInput,
} from '@/lib/domain/endpoint/inputs'
import { createEndpoint as create } from '@/lib/server/services/endpoints/create-endpoint'
import { createPlaygroundToken as createPlayground } from '@/lib/server/services/endpoints/create-playground-token'
import { keepTheirs as keep } from '@/lib/server/services/endpoints/keep-theirs'
import { pauseEndpoint as pause } from '@/lib/server/services/endpoints/pause-endpoint'
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
export const removeEndpoint = action(removeEndpointInput, remove)
/** Valid for 60 seconds: ask for one right before each try. */
export const createPlaygroundToken = action(endpointRef, createPlayground)

'use server'

import { connectionRef, createConnectionInput, updateConnectionInput } from '@/lib/domain/connections/inputs'
import { createConnection as create } from '@/lib/server/services/connections/create-connection'
import { removeConnection as remove } from '@/lib/server/services/connections/remove-connection'
import { testConnection as test } from '@/lib/server/services/connections/test-connection'
import { updateConnection as update } from '@/lib/server/services/connections/update-connection'
import { action } from './action'

export const createConnection = action(createConnectionInput, create)
export const updateConnection = action(updateConnectionInput, update)
export const testConnection = action(connectionRef, test)
export const removeConnection = action(connectionRef, remove)

'use server'

import { pushSpaceInput } from '@/lib/domain/demo/inputs'
import { pushSpace as push } from '@/lib/server/services/demos/push-space'
import { action } from './action'

export const pushSpace = action(pushSpaceInput, push)

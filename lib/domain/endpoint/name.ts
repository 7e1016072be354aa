import { z } from 'zod'
import { endpointNameProblem, teamSlugProblem } from './name-problem'

const slug = (problemOf: (text: string) => string | null) =>
  z.string().superRefine((text, context) => {
    const message = problemOf(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

export const endpointName = slug(endpointNameProblem)
export const teamSlug = slug(teamSlugProblem)

import { z } from 'zod'

export const credentials = z.object({
  email: z.email('Give your e-mail address.'),
  password: z.string().min(1, 'Give your password.'),
})
export type Credentials = z.infer<typeof credentials>

/** Says something briefly. What draws it is a tenth of a page's code, so it is loaded once there is something to say. */
const say = (kind: 'success' | 'error') => (message: string) =>
  void import('sonner').then(({ toast }) => toast[kind](message))

export const toast = { success: say('success'), error: say('error') }

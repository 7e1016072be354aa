/**
 * What next-auth's `signIn('credentials', { redirect: false })` gives back as `error`, as a sentence. It carries one
 * text through a URL, so our own sentences arrive as they are and its codes are translated here.
 */
export function signInErrorMessage(error: string | null | undefined): string {
  switch (error) {
    case 'CredentialsSignin':
      return 'This e-mail address and password do not belong together.'
    case 'SessionRequired':
      return 'Sign in to see this page.'
    case 'AccessDenied':
      return 'This account may not sign in here.'
    default:
      return error?.startsWith('Too many attempts.')
        ? error
        : 'Signing in did not work. Try again in a moment.'
  }
}

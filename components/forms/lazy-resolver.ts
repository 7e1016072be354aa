import type { FieldValues, Resolver } from 'react-hook-form'
import type { z } from 'zod'

/**
 * Checks a form with a schema that is loaded when it is first needed: a page with a form paints without zod. Where
 * it cannot be loaded the form counts as right; the server checks the same and names the same fields.
 */
export const lazyResolver =
  <Values extends FieldValues>(
    load: () => Promise<z.ZodType<Values, Values>>,
  ): Resolver<Values, unknown, Values> =>
  async (values, context, options) => {
    const loaded = await Promise.all([import('@hookform/resolvers/zod'), load()]).catch(() => null)
    if (!loaded) return { values, errors: {} }
    const [{ zodResolver }, schema] = loaded
    return zodResolver<Values, unknown, Values>(schema)(values, context, options)
  }

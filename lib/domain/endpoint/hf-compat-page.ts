import { ok, type Result } from '@/lib/domain/result'
import { refuseField } from './hf-compat-body'

type Page = { items: unknown[]; totalItems: number; nextCursor?: string; prevCursor?: string }

/**
 * HF's list answer. Without `limit` and `cursor` everything is on one page: its Python client reads `items` and
 * never asks for more.
 */
export function pageOf(
  items: readonly unknown[],
  { limit, cursor }: { limit?: string | undefined; cursor?: string | undefined },
): Result<Page> {
  const totalItems = items.length
  if (limit === undefined && cursor === undefined) return ok({ items: [...items], totalItems })
  const size = Number(limit ?? 20)
  const start = Number(cursor ?? 0)
  if (!Number.isInteger(size) || size < 1 || size > 100) return refuseField('limit', 'a number from 1 to 100')
  if (!Number.isInteger(start) || start < 0) return refuseField('cursor', 'not one of ours')
  return ok({
    items: items.slice(start, start + size),
    totalItems,
    ...(start + size < totalItems ? { nextCursor: String(start + size) } : {}),
    ...(start > 0 ? { prevCursor: String(Math.max(0, start - size)) } : {}),
  })
}

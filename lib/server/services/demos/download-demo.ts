import AdmZip from 'adm-zip'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import { demoFiles } from '@/lib/domain/demo/demo-files'
import type { DownloadDemoInput } from '@/lib/domain/demo/inputs'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { demoOf } from './demo-of'

/** A demo's files, zipped in a folder of their own. There is no token in them. */
export async function downloadDemo(
  ctx: Context,
  input: DownloadDemoInput,
): Promise<Result<{ fileName: string; zip: Uint8Array<ArrayBuffer> }>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'make a demo of this endpoint')
  if (!found.ok) return found
  const demo = await demoOf(ctx, found.data)
  if (!demo.ok) return demo
  const folder = `${demo.data.name}-${input.kind}`
  const zip = new AdmZip()
  for (const { path, text } of demoFiles(input.kind, demo.data))
    zip.addFile(`${folder}/${path}`, Buffer.from(text))
  return ok({ fileName: `${folder}.zip`, zip: new Uint8Array(zip.toBuffer()) })
}

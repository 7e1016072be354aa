import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { toHfBody } from './hf-compat-output'
import type { SpecInput } from './inputs'

type Create = {
  /** The API's address for the team's endpoints. */
  url: string
  name: string
  spec: SpecInput
  secretNames: readonly string[]
  instance: InstanceType | undefined
}

/** For a POSIX shell: single quotes hold everything but themselves. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The wizard's request against the API. Secret values stay off the clipboard: `<NAME>` is to be replaced. */
export function createCurl({ url, name, spec, secretNames, instance }: Create): string {
  const body = toHfBody(name, { ...spec, secretNames: [...secretNames] }, null, instance)
  const secrets = Object.fromEntries(secretNames.map(secret => [secret, `<${secret}>`]))
  const filled = { ...body, model: { ...body.model, secrets } }
  return [
    `curl -X POST ${quote(url)} \\`,
    `  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify(filled, null, 2))}`,
  ].join('\n')
}

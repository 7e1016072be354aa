import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from './fixtures'
import { startProduct } from './product'

test.describe('npm start', () => {
  // It has a product of its own and looks at no page.
  test.use({ baseURL: undefined })

  test('prints a call that works as printed, and Ctrl-C leaves no process', async () => {
    const product = await startProduct()
    const [, call = ''] = /\n(curl [\s\S]*?)\n\n/.exec(product.output()) ?? []
    const answer: unknown = JSON.parse(execFileSync('sh', ['-c', call], { encoding: 'utf8', stdio: 'pipe' }))
    expect(answer).toMatchObject([{ label: 'positive', score: expect.any(Number) }])
    expect(processesNaming(product.dataDir).length).toBeGreaterThanOrEqual(5)

    expect(await product.stop()).toBe(0)
    expect(processesNaming(product.dataDir)).toEqual([])

    const again = await startProduct({ dataDir: product.dataDir })
    expect(again.output()).toMatch(/curl [\s\S]*\$SLIPWAY_TOKEN/)
    expect(again.output()).not.toContain('Sign in with')
    const response = await fetch(`${again.gatewayUrl}/main/sample-sentiment`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${product.admin.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ inputs: 'Everything came back.' }),
    })
    expect(response.status).toBe(200)
    expect(await again.stop()).toBe(0)
    await product.remove()
  })
})

/** Every process that has the data directory in its arguments or its environment: whatever that start began. */
function processesNaming(dataDir: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => readProc(pid, 'cmdline').includes(dataDir) || readProc(pid, 'environ').includes(dataDir))
    .map(pid => `${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ')}`)
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

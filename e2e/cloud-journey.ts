import { resolve } from 'node:path'
import type { APIRequestContext, Browser, Locator, Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import type { Containers } from '@/lib/testing/aws/instance'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { expect, signIn } from './fixtures'
import { PortalApi } from './portal-api'
import { type StartedProduct, startProduct } from './product'

/** The name that instances know our bundled sample by; the portal sees an ordinary model of the Hub. */
export const MODEL = 'slipway/sample-sentiment'

/** Of what is done in a cloud: instances start, traffic moves, things go. */
const CLOUD = { timeout: 90_000 }

/** A whole product whose Hub is a stand-in with one model, and which may call servers of the tests. */
export async function startCloudPortal(weights: { tags: string[]; file: string }) {
  const hub: FakeHub = await startFakeHub([
    {
      id: MODEL,
      pipelineTag: 'text-classification',
      libraryName: 'transformers',
      tags: weights.tags,
      files: { 'config.json': '{}', [weights.file]: 'x'.repeat(900) },
    },
  ])
  const portal = await startProduct({
    env: {
      SLIPWAY_SKIP_SAMPLE: '1',
      HF_ENDPOINT: hub.url,
      SLIPWAY_ALLOWED_PRIVATE_HOSTS: 'localhost,127.0.0.1',
    },
  })
  const end = async () => {
    await portal.stop()
    await portal.remove()
    await hub.close()
  }
  return { portal, end }
}

/** Our own model server, with the sample on its disk: it speaks the wire format of the containers of clouds. */
export const sampleContainers: Containers = ({ HF_TASK = 'text-classification' }) => ({
  script: resolve('dist/model-server.mjs'),
  environment: {
    PATH: process.env.PATH,
    HF_TASK,
    HF_MODEL_DIR: resolve('lib/processes/model-server/sample/model'),
  },
})

/** What people do with one endpoint in an account of theirs, whoever's it is. */
export class CloudJourney {
  private constructor(
    readonly page: Page,
    readonly api: PortalApi,
    private readonly request: APIRequestContext,
    private readonly portal: StartedProduct,
    readonly name: string,
  ) {}

  static async begin(
    { browser, request }: { browser: Browser; request: APIRequestContext },
    portal: StartedProduct,
    name: string,
  ): Promise<CloudJourney> {
    const context = await browser.newContext({ baseURL: portal.portalUrl })
    const page = await context.newPage()
    await signIn(page, portal.admin)
    return new CloudJourney(page, new PortalApi(request, portal), request, portal, name)
  }

  /** The form of a new connection. */
  async newConnection(): Promise<Locator> {
    await this.page.getByRole('link', { name: 'Connections' }).click()
    await this.page.getByRole('button', { name: 'New connection' }).first().click()
    return this.page.getByRole('dialog')
  }

  /** The wizard's step of hardware, with this account chosen; for the model of the Hub, or for an image. */
  async hardwareOf(account: RegExp, image?: string): Promise<void> {
    await this.page.goto(
      routes.team.newEndpoint(this.portal.team, image === undefined ? { model: MODEL } : {}),
    )
    if (image !== undefined) {
      await this.page.getByRole('tab', { name: 'Container' }).click()
      await this.page.getByRole('textbox', { name: 'Image' }).fill(image)
    }
    await this.page.getByLabel('Endpoint name').fill(this.name)
    await this.continue()
    await this.page.getByRole('radio', { name: account }).click()
  }

  continue = (): Promise<void> => this.page.getByRole('button', { name: 'Continue' }).click()

  /** Below “Advanced”, where the provider has several. */
  async chooseServer(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Server' }).click()
    await this.page.getByRole('option', { name }).click()
  }

  /** The last button of the wizard, and all that comes of it. */
  async create(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create endpoint' }).click()
    await expect(this.page.getByRole('heading', { name: this.name, level: 1 })).toBeVisible()
    await this.becomes('Running')
  }

  async becomes(state: string): Promise<void> {
    const states = /^(Pending|Initializing|Updating|Running|Paused|Pausing|Resuming|Failed)$/
    await expect(this.page.getByRole('main').getByText(states).first()).toHaveText(state, CLOUD)
  }

  tab = (label: string): Promise<void> =>
    this.page.getByRole('navigation', { name: 'Endpoint' }).getByRole('link', { name: label }).click()

  /** Through the gateway, with a token of ours or as nobody. */
  call = async (as: 'admin' | 'nobody' = 'admin') =>
    await this.request.post(`${this.portal.gatewayUrl}/${this.portal.team}/${this.name}`, {
      headers: as === 'admin' ? { authorization: `Bearer ${this.portal.admin.token}` } : {},
      data: { inputs: 'What a wonderful day!' },
    })

  /** Routes reach the gateway a moment after the state. */
  async answers(): Promise<void> {
    await expect.poll(async () => (await this.call()).status(), { timeout: 30_000 }).toBe(200)
    expect(await (await this.call()).text()).toContain('positive')
  }

  async logHasLines(): Promise<void> {
    await this.tab('Logs')
    await expect(this.page.getByText(/model ready|POST \//i).first()).toBeVisible({ timeout: 60_000 })
  }

  /** A new revision with another setting, until it answers. */
  async update(): Promise<void> {
    const { revision } = await this.api.endpoint(this.name)
    await this.page.goto(routes.endpoint(this.portal.team, this.name, 'settings'))
    await this.page.getByLabel('Request timeout (seconds)').fill('90')
    await this.page.getByRole('button', { name: 'Save as a new revision' }).click()
    await expect
      .poll(async () => (await this.api.endpoint(this.name)).servingRevision, CLOUD)
      .toBe(revision + 1)
    await this.tab('Overview')
    await this.becomes('Running')
    await this.answers()
  }

  /** `says`: what people are told of a pause there. */
  async pause(says: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: 'Pause', exact: true }).first().click()
    const asked = this.page.getByRole('alertdialog')
    await expect(asked.getByText(says)).toBeVisible()
    await asked.getByRole('button', { name: 'Pause' }).click()
    await this.becomes('Paused')
  }

  async resume(): Promise<void> {
    await this.page.getByRole('button', { name: 'Resume' }).first().click()
    await this.becomes('Running')
    await this.answers()
  }

  /** Resolves when the controller says that nothing is left. */
  async delete(): Promise<void> {
    const { id } = await this.api.endpoint(this.name)
    await this.page.goto(routes.endpoint(this.portal.team, this.name, 'settings'))
    await this.page.getByRole('button', { name: 'Delete', exact: true }).click()
    await this.page.getByLabel(`Type ${this.name} to confirm`).fill(this.name)
    await this.page.getByRole('button', { name: 'Delete endpoint' }).click()
    await expect.poll(async () => (await this.api.endpoint(id)).removedAt, CLOUD).not.toBeNull()
  }

  end = (): Promise<void> => this.page.context().close()
}

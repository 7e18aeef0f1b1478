// The platform, the renderer and the egress proxy in containers of their own, built and run as compose.yaml has them.
// Minutes, and a Docker engine, so asked for: LAPIS_LONG_TESTS=1 npm test -- test/selfhost/containers.test.ts
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLACE_PORT, SITE } from '../fixtures/containers/places.ts'
import { ComposeProject, hasDocker, until } from './compose-project.ts'
import { type Place, startPlace } from './script-site.ts'

interface Scraped {
  code?: string
  detail?: string
  data?: { rendered: boolean; markdown: string }
}

const WANTED = process.env['LAPIS_LONG_TESTS'] === '1' && hasDocker()
const MINUTES = 60_000
const SECRET_PLACE = '/checkout/test/fixtures/containers/secret-place.ts'
const site = `http://${SITE.address}:${SITE.port}`
const project = new ComposeProject()

describe.runIf(WANTED)('in containers', () => {
  let machine: Place
  let inside: { output: string }[]

  beforeAll(async () => {
    await project.up()
    machine = await startPlace('10.213.7.1', 'secret', PLACE_PORT)
    const services = ['renderer', 'egress', 'platform']
    inside = await Promise.all(services.map((each) => project.background(each, 'node', SECRET_PLACE, '127.0.0.1')))
    await until(async () => inside.every(({ output }) => output.includes('ready')), MINUTES)
  }, 15 * MINUTES)

  afterAll(async () => {
    machine?.close()
    await project.down()
  }, MINUTES)

  it.each(['platform', 'renderer', 'egress'])('%s says that it is well', async (service) => {
    await expect.poll(() => project.health(service), { timeout: MINUTES, interval: 1_000 }).toBe('healthy')
  })

  it('a page is rendered by the renderer in the network', async () => {
    const { data } = await project.scrape<Scraped>(`${site}/app`)
    expect(data).toMatchObject({ rendered: true, markdown: expect.stringContaining('# From the API') as string })
  })

  it('a page that tries every way to loopback, metadata, other containers and the machine reads what is allowed', async () => {
    const answer = await project.scrape<Scraped>(`${site}/breakout`, { waitFor: 'h1', timeout: 60_000 })
    expect(answer.data?.markdown, JSON.stringify(answer)).toMatch(/\d{3} ways, read: \W+open(?:, open)*\]/)
    const noticed = await project.logs('site')
    expect(noticed.match(/reached by/g)?.length).toBeGreaterThan(5)
    expect(machine.reached).toEqual([])
    expect(inside.map(({ output }) => output.trim())).toEqual(['ready', 'ready', 'ready'])
    expect(await project.logs('secret')).not.toContain('reached by')
  })

  it('has no other way out than the egress proxy, and that one only with the token', async () => {
    const direct = `fetch('${site}/app').then(() => console.log('through'), ({ cause }) => console.log(cause.code))`
    expect(await project.exec('renderer', 'node', '-e', direct)).toMatch(/ENETUNREACH|EHOSTUNREACH|TIMEOUT/)
    const asked = `require('node:http').get('http://egress:3128/', ({ statusCode }) => console.log(statusCode))`
    expect((await project.exec('renderer', 'node', '-e', asked)).trim()).toBe('407')
    const sessions = `fetch('http://renderer:9333/v1/sessions').then(({ status }) => console.log(status))`
    expect((await project.exec('platform', 'node', '-e', sessions)).trim()).toBe('401')
  })

  it('the browser has its sandbox, and nothing runs as root or can write to its image', async () => {
    const commands = await project.exec('renderer', 'sh', '-c', 'cat /proc/[0-9]*/cmdline | tr "\\0" " "')
    expect(commands).toContain('--remote-debugging-port=0')
    expect(commands).not.toContain('--no-sandbox')
    expect(await project.logs('renderer')).not.toContain('without its own sandbox')
    for (const service of ['platform', 'renderer', 'egress']) {
      const told = await project.exec(service, 'sh', '-c', 'id -u; touch /app/x /etc/x 2>&1 || true')
      expect(told).toMatch(/^1000\n.*Read-only[^]*Read-only/)
    }
  })

  it.each([
    ['fills its heap', '/bomb', /^(memory_limit|tab_crashed)/],
    ['fills the memory beside its heap', '/buffers', /^(memory_limit|tab_crashed)/],
    ['never yields', '/busy', /^unresponsive/],
  ])('a page that %s fails with a reason, and the next one succeeds', async (_, path, detail) => {
    const wishes = { waitFor: '#never', timeout: path === '/busy' ? 4_000 : 30_000 }
    expect(await project.scrape<Scraped>(`${site}${path}`, wishes)).toMatchObject({
      code: 'render_failed',
      detail: expect.stringMatching(detail) as string,
    })
    expect((await project.scrape<Scraped>(`${site}/app`)).data?.rendered).toBe(true)
  })

  it('a renderer that is killed fails its page with a reason, comes back by itself, and the next page succeeds', async () => {
    const waiting = project.scrape<Scraped>(`${site}/app`, { waitFor: '#never', timeout: 60_000 })
    const renderer = `pid=$(grep -al containers/renderer/main.ts /proc/[0-9]*/cmdline | grep -v '/proc/1/' | head -1); kill -KILL "$(basename "$(dirname "$pid")")"`
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await project.exec('renderer', 'sh', '-c', renderer).catch(() => undefined)
    expect(await waiting).toMatchObject({
      code: 'render_failed',
      detail: expect.stringMatching(/^browser_ended/) as string,
    })
    await until(async () => (await project.scrape<Scraped>(`${site}/app`)).data?.rendered === true, MINUTES)
  })

  it('leaves neither profiles nor dead processes behind', async () => {
    const left = 'ls /tmp/lapis-renderer | grep -c profile-; grep -l "^State:.Z" /proc/[0-9]*/status || true'
    // One spare browser waits for two minutes.
    await expect
      .poll(() => project.exec('renderer', 'sh', '-c', left), { timeout: MINUTES, interval: 1_000 })
      .toMatch(/^[01]\n$/)
  })
})

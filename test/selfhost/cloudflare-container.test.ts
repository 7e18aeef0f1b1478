// The renderer as a Cloudflare Container: its Durable Object in workerd, its image in Docker, the Worker's own code before it.
// Minutes, and a Docker engine, so asked for: LAPIS_LONG_TESTS=1 npm test -- test/selfhost/cloudflare-container.test.ts
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloudflareContainer, docker } from './cloudflare-container.ts'
import { hasDocker } from './compose-project.ts'
import { type Place, breakout, startPlace } from './script-site.ts'

interface Outcome {
  kind: string
  html?: string
  reason?: string
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LONG = process.env['LAPIS_LONG_TESTS'] === '1'
const WANTED = LONG && hasDocker()
const MINUTES = 60_000
const PAGE = `<div id="root"></div><script>root.innerHTML = '<h1>' + 6 * 7 + '</h1>'</script>`

describe.runIf(WANTED)('as a Cloudflare Container', () => {
  const platform = new CloudflareContainer()
  let machine: string
  let open: Place

  beforeAll(async () => {
    machine = docker('network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}').trim()
    open = await startPlace(machine, 'open')
    await platform.start(`${machine}/32`)
  }, 10 * MINUTES)

  afterAll(async () => {
    open?.close()
    await platform.dispose()
  }, MINUTES)

  it('is started by the first page and renders it', async () => {
    expect(platform.renderers()).toEqual([])
    expect(await platform.render<Outcome>(PAGE)).toMatchObject({
      kind: 'rendered',
      html: expect.stringContaining('<h1>42</h1>') as string,
    })
    expect(platform.renderers()).toHaveLength(1)
  })

  it('a page that tries every way to loopback and metadata reads what is allowed', async () => {
    const outcome = await platform.render<Outcome>(breakout(9_333, `${machine}:${open.port}`), 'h1')
    expect(outcome.html, JSON.stringify(outcome)).toMatch(/\d{3} ways, read: \[open(?:, open)*\]/)
    expect(open.reached.length).toBeGreaterThan(5)
  })

  it('is lent by its second instance while the first one has no browser left, and comes back when it was killed', async () => {
    const together = await Promise.all(Array.from({ length: 4 }, () => platform.render<Outcome>(PAGE)))
    expect(together.map(({ kind }) => kind)).toEqual(['rendered', 'rendered', 'rendered', 'rendered'])
    expect(platform.renderers()).toHaveLength(2)
    for (const id of platform.renderers()) docker('kill', id)
    await expect
      .poll(async () => (await platform.render<Outcome>(PAGE)).kind, { timeout: MINUTES, interval: 1_000 })
      .toBe('rendered')
  })
})

describe.runIf(LONG)('its configuration', () => {
  it('is accepted by wrangler when it is added to wrangler.toml', () => {
    const file = join(ROOT, 'wrangler.renderer.toml')
    const parts = ['wrangler.toml', 'containers/renderer/cloudflare.toml'].map((name) => readFileSync(join(ROOT, name)))
    writeFileSync(file, Buffer.concat(parts))
    try {
      const words = ['deploy', '--dry-run', '--containers-rollout', 'none', '-c', file]
      const wrangler = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
      const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
      const told = execFileSync(process.execPath, [wrangler, ...words], { cwd: ROOT, encoding: 'utf8', env })
      expect(told).toContain('env.RENDERER (Renderer)')
      expect(told).toMatch(/- lapis-spider-renderer \(.*containers\/renderer\/Dockerfile\)/)
    } finally {
      rmSync(file)
    }
  })
})

import { timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { exposition, requestMetrics } from '../../../src/domain/metrics/exposition.ts'
import { Refusal } from '../../../src/flows/problem.ts'
import { platformMetrics } from '../../../src/flows/usage/platform-metrics.ts'
import type { ApiTypes } from '../context.ts'
import { askDependencies } from '../dependencies.ts'
import { readRequests } from '../metered.ts'
import { page } from '../pages/layout.ts'

export const operations = new Hono<ApiTypes>()

/** Alive: the process answers. Says nothing of its dependencies, so that an orchestrator does not kill it for theirs. */
operations.get('/health', (c) => c.json({ status: 'ok' }))

operations.get('/ready', async (c) => {
  const dependencies = await askDependencies(c.get('platform'))
  const ready = Object.values(dependencies).every((state) => state === 'ok')
  return c.json({ status: ready ? 'ready' : 'not_ready', dependencies }, ready ? 200 : 503)
})

operations.get('/metrics', async (c) => {
  requireMetricsToken(c)
  const [requests, platform] = await Promise.all([readRequests(c.env), platformMetrics(c.get('platform'))])
  const info = { name: 'lapis_info', type: 'gauge', help: 'The version that answers.' } as const
  const version = { ...info, samples: [{ labels: { version: c.get('config').version }, value: 1 }] }
  return c.body(exposition([version, ...platform, ...requestMetrics(requests)]), 200, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
  })
})

const PARTS = { database: 'Database', archive: 'Archive', durableObjects: 'Crawling' } as const

/** For everybody: whether it works, and nothing of what it does. */
operations.get('/status', async (c) => {
  const dependencies = await askDependencies(c.get('platform'))
  const isWell = Object.values(dependencies).every((state) => state === 'ok')
  const rows = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map(
    (part) =>
      html`<tr>
        <td>${PARTS[part]}</td>
        <td class="${dependencies[part]}">${dependencies[part] === 'ok' ? 'works' : 'can not be reached'}</td>
      </tr>`,
  )
  const main = html`<p>
      ${isWell ? 'Everything works.' : 'Something does not work right now. What is stored stays; crawls go on when it is back.'}
    </p>
    <table>
      ${rows}
    </table>
    <p>Version ${c.get('config').version}, asked at ${c.get('platform').now().toISOString()}.</p>`
  return page(c, 'Status', main, isWell ? 200 : 503)
})

function requireMetricsToken(c: Context<ApiTypes>): void {
  const { metricsToken } = c.get('config')
  if (metricsToken === undefined) return
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  const [ours, theirs] = [metricsToken, given].map((text) => new TextEncoder().encode(text))
  if (ours && theirs && ours.length === theirs.length && timingSafeEqual(ours, theirs)) return
  throw new Refusal(401, 'unauthorized', 'Send LAPIS_METRICS_TOKEN as "Authorization: Bearer …".', {
    headers: { 'www-authenticate': 'Bearer' },
  })
}

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type CrawlView, LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'
import { residentBytes } from './resident-bytes.ts'

const PAGES = 20_000
const CRAWL_MS = 900_000
const SHAPES = [
  { name: 'one-host', hosts: 1 },
  { name: '200-hosts', hosts: 200 },
]

/** A crawl of 20,000 pages on one host, then one over 200 hosts, on the same platform: it ends, it is exact, its memory stays flat. */
export async function scale(report: Report): Promise<void> {
  const platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: '1' })
  try {
    await platform.start()
    const memory = () => {
      const { workerd, database } = platform.children()
      return {
        workerd: residentBytes(workerd),
        database: residentBytes(database),
        launcher: residentBytes(platform.pid),
      }
    }
    for (const [part, value] of Object.entries(memory()))
      report({ name: `scale.memory.before.${part}`, value, unit: 'bytes' })
    for (const { name, hosts } of SHAPES) {
      const { fetched, seconds } = await crawlOf(platform, hosts)
      report({
        name: `scale.${name}.pages`,
        value: fetched,
        unit: 'pages',
        peer: 'pages of the site',
        ratio: fetched / PAGES,
      })
      report({ name: `scale.${name}.throughput`, value: fetched / seconds, unit: 'pages/s' })
      for (const [part, value] of Object.entries(memory()))
        report({ name: `scale.memory.${name}.${part}`, value, unit: 'bytes' })
    }
  } finally {
    await platform.dispose()
  }
}

async function crawlOf(platform: LaunchedPlatform, hosts: number): Promise<{ fetched: number; seconds: number }> {
  const script = fileURLToPath(new URL('wide-site.ts', import.meta.url))
  const site = spawn(process.execPath, [script, String(PAGES), String(hosts)], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = await new Promise<string>((resolve) => site.stdout.once('data', (line) => resolve(String(line).trim())))
    const since = performance.now()
    const order = { url, limit: PAGES * 2, sitemap: 'skip', allowExternalLinks: hosts > 1, delayMs: 0 }
    const { id } = await platform.json<CrawlView>('POST', '/v1/crawls', order)
    const { counts } = await platform.crawlToEnd(id, CRAWL_MS)
    return { fetched: counts.fetched, seconds: (performance.now() - since) / 1_000 }
  } finally {
    site.kill()
  }
}

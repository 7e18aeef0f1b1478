import { env } from 'cloudflare:workers'
import { keepCaptures } from '../../../src/flows/capture/keep-captures.ts'
import { platformOf } from '../../../workers/platform.ts'

const BYTES = new Uint8Array([137, 80, 78, 71])

/** Keeps a capture, as a scrape or a crawl does, and returns its path. */
export async function kept(workspaceId: string, crawlId: string | null = null): Promise<string> {
  const capture = { bytes: BYTES, contentType: 'image/png' }
  const { urlOf } = await keepCaptures(platformOf(env), { workspaceId, crawlId }, [capture])
  return new URL(urlOf(capture) ?? '').pathname
}

/** What the archive has below a prefix. */
export async function stored(prefix: string): Promise<string[]> {
  return (await env.ARCHIVE.list({ prefix })).objects.map(({ key }) => key)
}

import { Parser } from 'htmlparser2'

/** The least that any crawler does: fetch, parse for links, remember what was seen. Pages per second; the yardstick of a run. */
export async function bareLoop(start: string, limit: number, concurrency: number): Promise<number> {
  const seen = new Set([start])
  const queue = [start]
  let fetched = 0
  const since = performance.now()
  const worker = async (): Promise<void> => {
    while (fetched < limit) {
      const url = queue.shift()
      if (url === undefined) {
        if (fetched >= seen.size) return
        await new Promise((resolve) => setTimeout(resolve, 1))
        continue
      }
      const html = await (await fetch(url)).text()
      fetched++
      const fresh = linksOf(html, url).filter((link) => !seen.has(link))
      for (const link of fresh) seen.add(link)
      queue.push(...new Set(fresh))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return fetched / ((performance.now() - since) / 1_000)
}

function linksOf(html: string, base: string): string[] {
  const links: string[] = []
  const parser = new Parser({
    onopentag: (name, { href }) => {
      if (name === 'a' && href !== undefined) links.push(new URL(href, base).href)
    },
  })
  parser.end(html)
  return links
}

import type { Lease, LeasedUrl } from '../../contracts/frontier.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { LargeBodyTurn } from '../../net/large-body-turn.ts'
import type { Platform } from '../platform.ts'
import { sessionOf } from '../login/crawl-session.ts'
import { secretsOf } from '../secrets/crawl-credentials.ts'
import { type Discoveries, type Found, discover, linksOf } from './discover.ts'
import { formerPages } from './former-pages.ts'
import { LeaseHolder } from './lease-holder.ts'
import { Pacer, type Timer, realTimer } from './pacer.ts'
import { recordBatch } from './record-batch.ts'
import { recallRecorded } from './recall-recorded.ts'
import { seenUrls } from './seen-urls.ts'
import { type Fetching, visitUrl } from './visit-url.ts'
import { VisitYield } from './visit-yield.ts'

/** A segment is closed when it holds this much: what a lease keeps in memory stays small whatever the pages weigh. */
const FLUSH_BYTES = 6_000_000

interface Visit extends Fetching {
  lease: Lease
  holder: LeaseHolder
}

/** Works off one lease: fetch, read, record, hand in the links, settle. A lease that is not ours any more is left alone. */
export async function visit(
  platform: Platform,
  job: { lease: Lease; brief: CrawlBrief },
  timer: Timer = realTimer,
): Promise<void> {
  const { lease, brief } = job
  const frontier = platform.frontier(lease.domain)
  const claim = await frontier.claim(lease.leaseId)
  if (!claim.held) return
  const holder = new LeaseHolder(frontier, lease.leaseId, claim.expiresAt)
  const pacer = new Pacer(
    timer,
    lease.gapMs > 0 ? (lastStartAt) => frontier.turn(lease.leaseId, lastStartAt) : undefined,
  )
  const renderer = brief.page.render === 'never' ? undefined : platform.openRenderer?.()
  try {
    const secrets = await secretsOf(platform, brief)
    const headers = { ...brief.page.headers, ...secrets.headers }
    const session = await sessionOf(platform, brief)
    const gathered = new VisitYield()
    const urls = claim.again ? lease.urls.map((url) => ({ ...url, lost: true })) : lease.urls
    const left = await recallRecorded(platform, brief, urls, gathered)
    const former = await formerPages(platform, brief, left)
    const running: Visit = { platform, lease, brief, headers, session, former, renderer, holder, pacer, gathered }
    await visitAll(running, left)
    await handIn(running, true)
  } finally {
    await renderer?.close()
    holder.release()
  }
}

/** A few URLs at a time, each start at its moment. Once the site asks for rest, nothing more is started. */
async function visitAll(running: Visit, urls: readonly LeasedUrl[]): Promise<void> {
  const waiting = [...urls]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const start = await running.pacer.start()
      if (!start || running.gathered.restAsked || !running.holder.held) return
      const largeBodyTurn = new LargeBodyTurn()
      try {
        await visitUrl(running, next, { onAnswer: start.answered, largeBodyTurn })
        if (running.gathered.bytes > FLUSH_BYTES) await handIn(running, false)
      } finally {
        largeBodyTurn.end()
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(running.lease.concurrency, waiting.length) }, worker))
}

/** Records what was fetched, admits what was found, then settles: in this order nothing can be lost in between. */
async function handIn(running: Visit, last: boolean): Promise<void> {
  const { platform, lease, brief, holder, gathered, pacer } = running
  const batch = gathered.take()
  const notAfter = new Date(holder.expiresAt)
  const recorded = await recordBatch(platform, brief, batch.pages, notAfter)
  for (const [id, outcome] of recorded) batch.outcomes.push({ id, outcome })
  const seen = seenUrls(brief.crawlId)
  const found = [
    ...batch.found,
    ...batch.pages.filter((page) => recorded.has(page.url.id)).flatMap((page) => linksOf(brief, page)),
  ]
  const { discoveries, grown } = discoverAll(brief, lease.domain, found, seen)
  await admitElsewhere(platform, grown, lease.domain, discoveries)
  const accepted = await platform.frontier(lease.domain).settle({
    leaseId: lease.leaseId,
    crawlId: brief.crawlId,
    ...(grown !== brief && { brief: grown }),
    outcomes: batch.outcomes,
    discovered: discoveries.get(lease.domain) ?? [],
    lastStartAt: pacer.lastStartAt,
    last,
  })
  if (accepted) seen.keep()
}

function discoverAll(
  brief: CrawlBrief,
  domain: string,
  found: readonly Found[],
  seen: ReturnType<typeof seenUrls>,
): { discoveries: Discoveries; grown: CrawlBrief } {
  const grown = found
    .filter((each) => each.depth === 0 && each.redirects)
    .reduce((before, each) => widenHome(before, each.url), brief)
  return { discoveries: discover(grown, domain, found, seen), grown }
}

/** Where the start URL redirects to, the crawl is at home: example.com is www.example.com to everyone but a computer. */
function widenHome(brief: CrawlBrief, target: string): CrawlBrief {
  const { host } = new URL(target)
  if (brief.scope.hosts.includes(host)) return brief
  return { ...brief, scope: { ...brief.scope, hosts: [...brief.scope.hosts, host] } }
}

async function admitElsewhere(
  platform: Platform,
  brief: CrawlBrief,
  domain: string,
  discoveries: Discoveries,
): Promise<void> {
  const others = [...discoveries].filter(([owner]) => owner !== domain)
  await Promise.all(others.map(([owner, candidates]) => platform.frontier(owner).admit({ brief, candidates })))
}

import { setTimeout as pause } from 'node:timers/promises'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { Cookies } from '../../net/cookies.ts'
import type { Platform } from '../platform.ts'
import { secretsOf } from '../secrets/crawl-credentials.ts'
import { seal, unseal } from '../secrets/sealing.ts'
import { logIn } from './log-in.ts'

/** The cookies of a crawl, as far as this isolate has them. */
export interface CrawlSession {
  /** Which login they come from; 0 where there is none. */
  number: number
  cookies: Cookies
}

/** Crawls that ran in this isolate of late; what is dropped is asked of the ledger again, or of the site. */
const MAX_REMEMBERED = 100
const sessions = new Map<string, CrawlSession>()

const ASK_EVERY_MS = 500

/** The session to visit with. Where the crawl has a login, it is made first, once for all visits. */
export async function sessionOf(platform: Platform, brief: CrawlBrief): Promise<CrawlSession | { failure: string }> {
  const known = sessions.get(brief.crawlId)
  if (known) return known
  return brief.login ? loggedIn(platform, brief, 0) : remember(brief, { number: 0, cookies: new Cookies() })
}

/** After the site has ended a session: the newer one of another visit, or a new login. */
export function renewedSession(
  platform: Platform,
  brief: CrawlBrief,
  lost: CrawlSession,
): Promise<CrawlSession | { failure: string }> {
  return loggedIn(platform, brief, lost.number)
}

async function loggedIn(
  platform: Platform,
  brief: CrawlBrief,
  after: number,
): Promise<CrawlSession | { failure: string }> {
  const ledger = platform.ledger(brief.crawlId)
  for (;;) {
    const answer = await ledger.session(after)
    if (answer.state === 'failed') return { failure: answer.detail }
    if (answer.state === 'log-in') return newLogin(platform, brief, answer.number)
    if (answer.state === 'kept') {
      const cookies = new Cookies(await unseal(platform.encryptionSecrets, brief.crawlId, answer.sealedCookies))
      return remember(brief, { number: answer.number, cookies })
    }
    await pause(ASK_EVERY_MS)
  }
}

async function newLogin(
  platform: Platform,
  brief: CrawlBrief,
  number: number,
): Promise<CrawlSession | { failure: string }> {
  const ledger = platform.ledger(brief.crawlId)
  const { fields } = await secretsOf(platform, brief)
  const cookies = new Cookies()
  const failure = await logIn(platform, cookies, { type: 'form', url: '', ...brief.login, fields })
  if (failure !== undefined) {
    await ledger.keepSession({ number, failure })
    return { failure }
  }
  const sealedCookies = await seal(platform.encryptionSecrets, brief.crawlId, cookies.kept())
  await ledger.keepSession({ number, sealedCookies })
  return remember(brief, { number, cookies })
}

function remember(brief: CrawlBrief, session: CrawlSession): CrawlSession {
  if (sessions.size >= MAX_REMEMBERED) sessions.clear()
  sessions.set(brief.crawlId, session)
  return session
}

import { counted } from '../counted.ts'
import type { CrawlNews, MonitorChangedNews, MonitorDigestNews, OutgoingEvent } from './outgoing-event.ts'

/** An event in words, for channels that people read. Plain text throughout: each channel escapes it in its own way. */
export interface Notice {
  title: string
  text: string
  /** What is different, as lines; empty where nothing is to be shown. */
  excerpt: string
  /** Where to read on. */
  link: string | undefined
  mood: 'good' | 'bad' | 'news'
  at: string
  tokens: Tokens
}

/** What a template may name: see docs/webhooks.md. Each has a value for every event; where it makes no sense, an empty one. */
export const TOKENS = [
  'event',
  'time',
  'title',
  'text',
  'excerpt',
  'link',
  'name',
  'url',
  'reason',
  'error',
  'added',
  'removed',
  'changed',
] as const
export type Token = (typeof TOKENS)[number]
export type Tokens = Record<Token, string>

type Words = Omit<Notice, 'at' | 'tokens' | 'excerpt' | 'link'> &
  Partial<Pick<Notice, 'excerpt' | 'link'>> & { tokens?: Partial<Tokens> }

/** `publicUrl` is where the links of the platform's own pages begin. */
export function noticeOf(event: OutgoingEvent, publicUrl: string): Notice {
  const words = wordsOf(event, publicUrl)
  const { title, text, excerpt = '', link } = words
  const none = Object.fromEntries(TOKENS.map((token) => [token, ''])) as Tokens
  const tokens = { ...none, event: event.type, time: event.at, title, text, excerpt, link: link ?? '', ...words.tokens }
  return { title, text, excerpt, link, mood: words.mood, at: event.at, tokens }
}

function wordsOf(event: OutgoingEvent, publicUrl: string): Words {
  switch (event.type) {
    case 'crawl.started':
    case 'crawl.completed':
    case 'crawl.failed':
    case 'crawl.cancelled':
      return crawlWords(event.type, event.data, publicUrl)
    case 'crawl.page': {
      const { page, crawlId } = event.data
      const title = `Page crawled: ${page.title ?? page.url}`
      const link = `${publicUrl}/v1/crawls/${crawlId}/pages`
      return { title, text: `${page.url} answered ${page.status}.`, link, mood: 'news', tokens: { url: page.url } }
    }
    case 'monitor.changed':
      return changedWords(event.data, publicUrl)
    case 'monitor.failing': {
      const { monitor, failures, since, error, reminder } = event.data
      const title = `${reminder ? 'Still failing' : 'Failing'}: ${monitor.name}`
      const text = `${monitor.url} could not be checked ${failures} times in a row, since ${since}. ${error.detail}`
      return { title, text, link: monitor.url, mood: 'bad', tokens: { ...monitor, error: error.detail } }
    }
    case 'monitor.recovered': {
      const { monitor, since } = event.data
      const text = `${monitor.url} can be checked again. It had been failing since ${since}.`
      return { title: `Recovered: ${monitor.name}`, text, link: monitor.url, mood: 'good', tokens: monitor }
    }
    case 'monitor.late': {
      const { monitor, dueAt } = event.data
      const text = `${monitor.url} was to be checked at ${dueAt} and has not been since. What changes there is told once it is.`
      return { title: `Late: ${monitor.name}`, text, link: monitor.url, mood: 'bad', tokens: monitor }
    }
    case 'monitor.digest':
      return digestWords(event.data, publicUrl)
    case 'channel.disabled': {
      const { name, reason } = event.data
      const text = `Nothing is sent to the channel “${name}” any more: ${reason} What it misses is kept as dead deliveries. Enable it again and redeliver them.`
      return { title: `Channel disabled: ${name}`, text, mood: 'bad', tokens: { name, reason } }
    }
    case 'channel.test': {
      const { name } = event.data
      const text = `This is a test of the channel “${name}”. Alerts will look like this.`
      return { title: 'Test of a channel', text, mood: 'news', tokens: { name } }
    }
  }
}

function crawlWords(type: string, crawl: CrawlNews, publicUrl: string): Words {
  const what = type.slice('crawl.'.length)
  const { counts, error, url } = crawl
  const outcome = `${counted(counts.fetched, 'page')}, ${counts.failed} failed, ${counts.skipped} skipped.`
  return {
    title: `Crawl ${what}: ${crawl.name ?? url}`,
    text: type === 'crawl.started' ? url : `${url}: ${outcome}${error ? ` ${error.detail}` : ''}`,
    link: `${publicUrl}/v1/crawls/${crawl.crawlId}`,
    mood: type === 'crawl.failed' ? 'bad' : 'news',
    tokens: { name: crawl.name ?? '', url, error: error?.detail ?? '' },
  }
}

function changedWords({ monitor, change, reason, pages }: MonitorChangedNews, publicUrl: string): Words {
  const { added, removed, changedRatio } = change.summary
  const changed = `${Math.round(changedRatio * 100)} %`
  const site = pages && `${pages.new} new, ${pages.changed} changed, ${pages.removed} removed pages.`
  const what = site ?? `${added} added, ${removed} removed (${changed} of the text).`
  return {
    title: `Changed: ${monitor.name}`,
    text: [`${monitor.url}: ${what}`, reason].filter(Boolean).join('\n'),
    excerpt: change.excerpt ?? '',
    link: change.diffUrl.startsWith('/') ? `${publicUrl}${change.diffUrl}` : change.diffUrl,
    mood: 'news',
    tokens: { ...monitor, reason: reason ?? '', added: String(added), removed: String(removed), changed },
  }
}

/** Each thing that happened in a few lines. */
function digestWords({ name, counts, events, since, until, more }: MonitorDigestNews, publicUrl: string): Words {
  const said = (Object.entries(counts) as [string, number][]).flatMap(([what, count]) =>
    count > 0 ? [`${count} ${what}`] : [],
  )
  const entries = events.map(({ timestamp, ...each }) => {
    const { title, text, link } = noticeOf({ ...each, at: timestamp }, publicUrl)
    return [title, text, link ?? ''].filter((line) => line !== '').join('\n')
  })
  const rest = more > 0 ? [`${more} more follow.`] : []
  return {
    title: `${said.join(', ')}: ${name}`,
    text: [`From ${since} to ${until}.`, ...entries, ...rest].join('\n\n'),
    link: `${publicUrl}/v1/changes`,
    mood: counts.failing + counts.late > 0 ? 'bad' : 'news',
    tokens: { name },
  }
}

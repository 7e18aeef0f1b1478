import { html } from 'hono/html'
import type { Crawl, CrawlUrl } from '../../../src/contracts/api/crawl.ts'
import type { Visit } from '../door.ts'
import { sizeText } from '../../../src/dashboard/size-text.ts'
import { waitingText } from '../../../src/dashboard/waiting-text.ts'
import { badge, count, inWords, outward, time } from '../format.ts'
import { type Markup, actionForm, askedTwice, page } from '../layout.ts'
import { facts, further, table } from '../parts.ts'
import { type Listed, from } from './listed.ts'

const STATES = ['fetched', 'failed', 'skipped', 'duplicate', 'queued', 'fetching'] as const
const EXPORTS = ['jsonl', 'csv', 'markdown', 'warc'] as const

/** One crawl as it happens, and every URL it met. */
export async function crawlPage(visit: Visit): Promise<Response> {
  const path = pathOf(visit)
  const state = STATES.find((known) => known === visit.c.req.query('state'))
  const narrowed = state === undefined ? '' : `&state=${state}`
  const [crawl, urls] = await Promise.all([
    visit.api.get<Crawl>(`/v1${path}`),
    visit.api.get<Listed<CrawlUrl>>(from(`/v1${path}/urls?limit=50${narrowed}`, visit.c.req.query('cursor'))),
  ])
  const main = html`${standing(crawl)} ${actions(visit, crawl)}
    <section id="urls">
      <h2>URLs</h2>
      ${filters(path, state)} ${urlTable(urls.data)}
      ${further(state === undefined ? path : `${path}?state=${state}`, urls.nextCursor)}
    </section>`
  return page(visit, { title: crawl.name ?? crawl.url, main })
}

/** Pause, resume, cancel. */
export async function steerCrawl(visit: Visit): Promise<Response> {
  await visit.api.send('POST', `/v1${visit.c.req.path}`)
  return visit.c.redirect(pathOf(visit), 303)
}

export async function deleteCrawl(visit: Visit): Promise<Response> {
  await visit.api.send('DELETE', `/v1${pathOf(visit)}`)
  return visit.c.redirect('/crawls', 303)
}

/** The event stream, to this page's script; it has no header to say where it was. */
export function crawlEvents({ c, api }: Visit): Promise<Response> {
  const last = c.req.header('last-event-id')
  const headers = { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) }
  return api.open(`/v1${c.req.path}`, { headers })
}

export function crawlExport({ c, api }: Visit): Promise<Response> {
  return api.open(`/v1${c.req.path}?${new URLSearchParams(c.req.query())}`)
}

function pathOf({ c }: Visit): string {
  return `/crawls/${encodeURIComponent(c.req.param('id') ?? '')}`
}

/** What the script of the page keeps up to date, by `data-live`. */
function standing(crawl: Crawl): Markup {
  const { id, status, paused, counts, waiting, error } = crawl
  const isOver = crawl.finishedAt !== null
  const live = (name: string, text: string) => html`<span data-live="${name}">${text}</span>`
  const numbers = (['fetched', 'failed', 'skipped', 'duplicate', 'queued', 'discovered'] as const).map(
    (name) => [name, live(name, count(counts[name]))] as const,
  )
  return html`<section class="standing" ${isOver ? '' : html`data-events="/crawls/${id}/events"`}>
    <p role="status">
      <span data-live="status">${badge(paused && !isOver ? 'paused' : status)}</span>
      <span data-live="waiting">${waitingText(waiting)}</span>
      ${error ? html`<span class="bad">${error.detail}</span>` : ''}
    </p>
    <p class="url">${outward(crawl.url)}</p>
    ${facts([...numbers, ['size', live('size', sizeText(crawl.bytes))]])}
    ${facts([
      ['Started', time(crawl.startedAt)],
      ['Ended', time(crawl.finishedAt)],
    ])}
    ${isOver ? '' : html`<noscript><p>Load the page anew to see how it goes on.</p></noscript>`}
  </section>`
}

function actions({ csrf }: Visit, { id, paused, finishedAt }: Crawl): Markup {
  const path = `/crawls/${id}`
  const running = html`${paused ? actionForm(csrf, `${path}/resume`, 'Resume') : actionForm(csrf, `${path}/pause`, 'Pause')}
  ${askedTwice(csrf, `${path}/cancel`, 'Cancel', 'What was fetched stays; nothing more is fetched.')}`
  const downloads = EXPORTS.map((format) => html`<a href="${path}/export?format=${format}" download>${format}</a> `)
  return html`<div class="actions">
    ${finishedAt === null ? running : ''}
    <a class="button" href="${path}/pages">Read the pages</a>
    <span>Download: ${downloads}</span>
    ${askedTwice(csrf, `${path}/delete`, 'Delete', 'The crawl goes, and every page that it stored.')}
  </div>`
}

function filters(path: string, state: string | undefined): Markup {
  const link = (to: string, text: string, isChosen: boolean) =>
    html`<li><a href="${to}#urls" ${isChosen ? html`aria-current="true"` : ''}>${text}</a></li>`
  return html`<ul class="tabs">
    ${link(path, 'all', state === undefined)}
    ${STATES.map((known) => link(`${path}?state=${known}`, known, known === state))}
  </ul>`
}

function urlTable(urls: readonly CrawlUrl[]): Markup {
  const rows = urls.map(
    ({ url, state, reason, status, depth, discoveredFrom }) =>
      html`<tr>
        <td class="url">${outward(url)}</td>
        <td>${badge(state)}</td>
        <td>${inWords(reason ?? '')} ${status ?? ''}</td>
        <td class="number">${depth}</td>
        <td class="url">${discoveredFrom ?? ''}</td>
      </tr>`,
  )
  return table(['URL', 'State', 'Reason', 'Depth', 'Found on'], rows, 'No such URL.')
}

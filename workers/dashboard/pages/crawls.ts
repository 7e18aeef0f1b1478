import { html } from 'hono/html'
import type { Crawl } from '../../../src/contracts/api/crawl.ts'
import { orShown } from '../api.ts'
import { sizeText } from '../../../src/dashboard/size-text.ts'
import type { Visit } from '../door.ts'
import { type Fields, given } from '../fields.ts'
import { badge, count, time } from '../format.ts'
import { type Markup, type Notice, csrfField, page, refusalNotice } from '../layout.ts'
import { choice, field, further, table } from '../parts.ts'
import { type Listed, from } from './listed.ts'

const RENDER = [
  ['auto', 'Where a page needs it'],
  ['never', 'Never'],
  ['always', 'Always'],
] as const

/** All crawls, and the form for a new one. */
export function crawlsPage(visit: Visit): Promise<Response> {
  return listPage(visit)
}

export async function startCrawl(visit: Visit): Promise<Response> {
  return orShown(
    async () => {
      const { id } = await visit.api.send<Crawl>('POST', '/v1/crawls', orderOf(visit.fields))
      return visit.c.redirect(`/crawls/${id}`, 303)
    },
    (problem) => listPage(visit, refusalNotice(problem)),
  )
}

function orderOf(fields: Fields): Record<string, unknown> {
  const path = (name: string) => (fields.text(name) === undefined ? undefined : [fields.text(name)])
  return given({
    url: fields.text('url'),
    limit: fields.number('limit'),
    maxDepth: fields.number('maxDepth'),
    delayMs: fields.number('delayMs'),
    includePaths: path('includePaths'),
    excludePaths: path('excludePaths'),
    name: fields.text('name'),
    scrapeOptions: given({ render: fields.text('render') }),
  })
}

async function listPage(visit: Visit, notice?: Notice): Promise<Response> {
  const { data, nextCursor } = await visit.api.get<Listed<Crawl>>(
    from('/v1/crawls?limit=20', visit.c.req.query('cursor')),
  )
  const main = html`<section>
      <h2>New crawl</h2>
      ${notice?.markup ?? ''} ${orderForm(visit)}
    </section>
    <section>
      <h2>Crawls</h2>
      ${crawlTable(data)} ${further('/crawls', nextCursor)}
    </section>`
  return page(visit, { title: 'Crawls', main, ...(notice && { status: notice.status }) })
}

function orderForm({ csrf, fields }: Visit): Markup {
  const value = (name: string) => fields.text(name)
  return html`<form method="post" action="/crawls" class="fields">
    ${csrfField(csrf)}
    ${field({ name: 'url', label: 'Start URL', type: 'url', required: true, placeholder: 'https://example.com/', value: value('url') })}
    ${field({ name: 'limit', label: 'Most pages', type: 'number', value: value('limit') ?? '100' })}
    <details>
      <summary>More</summary>
      ${field({ name: 'maxDepth', label: 'Most links away from the start', type: 'number', value: value('maxDepth') })}
      ${field({ name: 'includePaths', label: 'Only paths like', placeholder: '^/docs/', hint: 'Regular expression', value: value('includePaths') })}
      ${field({ name: 'excludePaths', label: 'No paths like', hint: 'Regular expression', value: value('excludePaths') })}
      ${field({ name: 'delayMs', label: 'Delay, ms', type: 'number', hint: "Without it: the site's own wish", value: value('delayMs') })}
      ${choice({ name: 'render', label: 'In a browser', options: RENDER, value: value('render') })}
      ${field({ name: 'name', label: 'Name', value: value('name') })}
    </details>
    <button>Start</button>
  </form>`
}

export function crawlTable(crawls: readonly Crawl[]): Markup {
  const rows = crawls.map(
    ({ id, name, url, status, paused, counts, bytes: size, createdAt }) =>
      html`<tr>
        <td><a href="/crawls/${id}">${name ?? url}</a></td>
        <td>${badge(paused && status === 'running' ? 'paused' : status)}</td>
        <td class="number">${count(counts.fetched)}</td>
        <td class="number">${count(counts.failed)}</td>
        <td class="number">${sizeText(size)}</td>
        <td>${time(createdAt)}</td>
      </tr>`,
  )
  return table(['Crawl', 'State', 'Pages', 'Failed', 'Size', 'Started'], rows, 'No crawl yet.')
}

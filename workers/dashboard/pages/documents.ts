import { html } from 'hono/html'
import type { Document } from '../../../src/contracts/api/document.ts'
import type { Visit } from '../door.ts'
import { count, outward, time } from '../format.ts'
import { type Markup, page } from '../layout.ts'
import { facts, further } from '../parts.ts'
import { type Listed, from } from './listed.ts'

/** Longer ones are cut: they are to be downloaded, not to be scrolled through. */
const MOST_CHARACTERS = 20_000

/** What a crawl has recorded, to be read. It is shown as the text that it is, never as markup. */
export async function documentsPage(visit: Visit): Promise<Response> {
  const path = `/crawls/${encodeURIComponent(visit.c.req.param('id') ?? '')}`
  const list = from(`/v1${path}/pages?limit=20&formats=markdown`, visit.c.req.query('cursor'))
  const { data, nextCursor } = await visit.api.get<Listed<Document>>(list)
  const main = html`<p><a href="${path}">Back to the crawl</a></p>
    ${data.length === 0 ? html`<p class="quiet">No page recorded yet.</p>` : ''}
    ${data.map(
      (document) =>
        html`<details class="document">
          <summary dir="auto">${document.title ?? document.url}</summary>
          ${documentMarkup(document)}
        </details>`,
    )}
    ${further(`${path}/pages`, nextCursor)}`
  return page(visit, { title: 'Pages', main })
}

export function documentMarkup(document: Document): Markup {
  const { url, finalUrl, status, fetchedAt, wordCount, language, rendered, warnings, markdown = '' } = document
  return html`${facts([
      ['URL', outward(url)],
      ...(finalUrl === url ? [] : [['Leads to', outward(finalUrl)] as const]),
      ['Status', status],
      ['Words', count(wordCount)],
      ['Language', language ?? 'unknown'],
      ['Fetched', time(fetchedAt)],
      ['Browser', rendered ? 'yes' : 'no'],
    ])}
    ${warnings.map(({ code, detail }) => html`<p class="quiet">${code}: ${detail}</p>`)}
    <pre dir="auto" tabindex="0">${markdown.slice(0, MOST_CHARACTERS)}</pre>
    ${markdown.length > MOST_CHARACTERS ? html`<p class="quiet">Cut after ${count(MOST_CHARACTERS)} characters.</p>` : ''}`
}

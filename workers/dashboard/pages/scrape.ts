import { html } from 'hono/html'
import type { Document } from '../../../src/contracts/api/document.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { given } from '../fields.ts'
import { type Notice, csrfField, page, refusalNotice } from '../layout.ts'
import { choice, field } from '../parts.ts'
import { documentMarkup } from './documents.ts'

const RENDER = [
  ['auto', 'Where the page needs it'],
  ['never', 'Never'],
  ['always', 'Always'],
] as const

/** One page, read at once. */
export function scrapePage(visit: Visit): Response | Promise<Response> {
  return formPage(visit)
}

export async function scrape(visit: Visit): Promise<Response> {
  const { fields } = visit
  const wish = given({ url: fields.text('url'), render: fields.text('render') })
  const onlyMainContent = !fields.all('everything').includes('yes')
  return orShown(
    async () => {
      const { data } = await visit.api.send<{ data: Document }>('POST', '/v1/scrape', { ...wish, onlyMainContent })
      const markup = html`<section aria-label="Result">
        <h2 dir="auto">${data.title ?? data.url}</h2>
        ${documentMarkup(data)}
      </section>`
      return formPage(visit, { markup, status: 200 })
    },
    (problem) => formPage(visit, refusalNotice(problem)),
  )
}

function formPage(visit: Visit, notice?: Notice): Response | Promise<Response> {
  const { csrf, fields } = visit
  const main = html`<form method="post" action="/scrape" class="fields">
      ${csrfField(csrf)}
      ${field({ name: 'url', label: 'URL', type: 'url', required: true, placeholder: 'https://example.com/', value: fields.text('url') })}
      ${choice({ name: 'render', label: 'In a browser', options: RENDER, value: fields.text('render') })}
      <label class="tick"
        ><input type="checkbox" name="everything" value="yes" /><span
          >The whole page, not only its main content</span
        ></label
      >
      <button>Scrape</button>
    </form>
    ${notice?.markup ?? ''}`
  return page(visit, { title: 'Scrape', main, ...(notice && { status: notice.status }) })
}

import { html } from 'hono/html'
import type { Crawl } from '../../../src/contracts/api/crawl.ts'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import type { Usage } from '../../../src/contracts/api/usage.ts'
import { sizeText } from '../../../src/dashboard/size-text.ts'
import type { Visit } from '../door.ts'
import { count } from '../format.ts'
import { type Markup, page } from '../layout.ts'
import { facts } from '../parts.ts'
import type { Listed } from './listed.ts'
import { crawlTable } from './crawls.ts'
import { monitorTable } from './monitors.ts'

/** What was done lately, and what is under way. */
export async function overview(visit: Visit): Promise<Response> {
  const [usage, crawls, monitors] = await Promise.all([
    visit.api.get<Usage>('/v1/usage?days=30'),
    visit.api.get<Listed<Crawl>>('/v1/crawls?limit=5'),
    visit.api.get<Listed<Monitor>>('/v1/monitors?limit=5'),
  ])
  const main = html`<section>
      <h2>The last 30 days</h2>
      ${facts(totals(usage))} ${chart(usage.data)} ${quotas(usage.quotas)}
    </section>
    <section>
      <h2>Recent crawls</h2>
      ${crawlTable(crawls.data)}
      <p><a href="/crawls">All crawls, and a new one</a></p>
    </section>
    <section>
      <h2>Monitors</h2>
      ${monitorTable(monitors.data)}
      <p><a href="/monitors">All monitors, and a new one</a></p>
    </section>`
  return page(visit, { title: 'Overview', main })
}

function totals({ data }: Usage): [string, string][] {
  const sum = (of: 'pages' | 'renders' | 'bytes' | 'checks' | 'deliveries') =>
    data.reduce((total, day) => total + day[of], 0)
  return [
    ['Pages', count(sum('pages'))],
    ['Rendered', count(sum('renders'))],
    ['Stored', sizeText(sum('bytes'))],
    ['Checks', count(sum('checks'))],
    ['Deliveries', count(sum('deliveries'))],
  ]
}

const BAR = 10
const HEIGHT = 60

/** Pages a day. */
function chart(days: Usage['data']): Markup {
  const ordered = days.toSorted((a, b) => a.date.localeCompare(b.date))
  const most = Math.max(1, ...ordered.map(({ pages }) => pages))
  const bars = ordered.map(({ date, pages }, at) => {
    const height = pages === 0 ? 1 : Math.max(2, Math.round((pages / most) * HEIGHT))
    return html`<rect x="${at * BAR}" y="${HEIGHT - height}" width="${BAR - 2}" height="${height}" rx="1">
      <title>${date}: ${count(pages)} pages</title>
    </rect>`
  })
  const said = `Pages a day, at most ${count(most)}`
  return html`<svg
    class="chart"
    viewBox="0 0 ${ordered.length * BAR} ${HEIGHT}"
    role="img"
    aria-label="${said}"
    preserveAspectRatio="none"
  >
    ${bars}
  </svg>`
}

function quotas(all: Usage['quotas']): Markup | string {
  const limited = Object.entries(all).flatMap(([name, { limit, used }]) =>
    limit === null ? [] : [{ name, limit, used }],
  )
  if (limited.length === 0) return ''
  return html`<ul class="quotas">
    ${limited.map(
      ({ name, limit, used }) =>
        html`<li>
          ${name}: ${count(used)} of ${count(limit)} this month
          <meter value="${used}" max="${limit}" high="${limit * 0.9}">${used}</meter>
        </li>`,
    )}
  </ul>`
}

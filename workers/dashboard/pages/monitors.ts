import { html } from 'hono/html'
import type { Channel } from '../../../src/contracts/api/channel.ts'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { type Fields, given } from '../fields.ts'
import { badge, time } from '../format.ts'
import { type Markup, type Notice, csrfField, page, refusalNotice } from '../layout.ts'
import { choice, field, further, table, ticks } from '../parts.ts'
import { type Listed, from } from './listed.ts'

const EVERY = [
  ['15m', '15 minutes'],
  ['1h', 'hour'],
  ['6h', '6 hours'],
  ['1d', 'day'],
  ['1w', 'week'],
] as const

/** All monitors, and the form for a new one. */
export function monitorsPage(visit: Visit): Promise<Response> {
  return listPage(visit)
}

export async function createMonitor(visit: Visit): Promise<Response> {
  return orShown(
    async () => {
      const { id } = await visit.api.send<Monitor>('POST', '/v1/monitors', orderOf(visit.fields))
      return visit.c.redirect(`/monitors/${id}`, 303)
    },
    (problem) => listPage(visit, refusalNotice(problem)),
  )
}

function orderOf(fields: Fields): Record<string, unknown> {
  const selector = fields.text('include')
  const ignored = fields.text('ignore')
  return given({
    name: fields.text('name') ?? fields.text('url')?.slice(0, 200),
    url: fields.text('url'),
    schedule: { every: fields.text('every') },
    select: selector === undefined ? undefined : { include: [selector] },
    ignore: ignored === undefined ? undefined : [ignored],
    channels: fields.all('channels'),
  })
}

async function listPage(visit: Visit, notice?: Notice): Promise<Response> {
  const [{ data, nextCursor }, channels] = await Promise.all([
    visit.api.get<Listed<Monitor>>(from('/v1/monitors?limit=50', visit.c.req.query('cursor'))),
    visit.api.get<Listed<Channel>>('/v1/channels?limit=50'),
  ])
  const main = html`<section>
      <h2>New monitor</h2>
      ${notice?.markup ?? ''} ${orderForm(visit, channels.data)}
    </section>
    <section>
      <h2>Monitors</h2>
      ${monitorTable(data)} ${further('/monitors', nextCursor)}
    </section>`
  return page(visit, { title: 'Monitors', main, ...(notice && { status: notice.status }) })
}

function orderForm({ csrf, fields }: Visit, channels: readonly Channel[]): Markup {
  const value = (name: string) => fields.text(name)
  const told = channels.map(({ id, name, type }) => [id, `${name} (${type})`] as const)
  return html`<form method="post" action="/monitors" class="fields">
    ${csrfField(csrf)}
    ${field({ name: 'url', label: 'Page to watch', type: 'url', required: true, value: value('url') })}
    ${choice({ name: 'every', label: 'Look every', options: EVERY, value: value('every') ?? '1d' })}
    ${field({ name: 'name', label: 'Name', value: value('name') })}
    <details>
      <summary>More</summary>
      ${field({ name: 'include', label: 'Only this part', hint: 'CSS selector', value: value('include') })}
      ${field({ name: 'ignore', label: 'Leave out', hint: 'Text, or /regular expression/', value: value('ignore') })}
    </details>
    ${
      told.length > 0
        ? ticks('channels', 'Tell', told)
        : html`<p class="quiet">Nobody is told of changes yet: make a <a href="/channels">channel</a>.</p>`
    }
    <button>Watch</button>
  </form>`
}

export function monitorTable(monitors: readonly Monitor[]): Markup {
  const rows = monitors.map(
    ({ id, name, status, health, lastChangeAt, nextCheckAt }) =>
      html`<tr>
        <td><a href="/monitors/${id}">${name}</a></td>
        <td>${badge(status)}</td>
        <td>${health.lastVerdict === null ? '–' : badge(health.lastVerdict)}</td>
        <td>${time(lastChangeAt, 'never')}</td>
        <td>${time(nextCheckAt)}</td>
      </tr>`,
  )
  return table(['Monitor', 'State', 'Last check', 'Last change', 'Next check'], rows, 'No monitor yet.')
}

import { html } from 'hono/html'
import type { Channel } from '../../../src/contracts/api/channel.ts'
import type { Delivery } from '../../../src/contracts/api/delivery.ts'
import type { Visit } from '../door.ts'
import { badge, time } from '../format.ts'
import { type Markup, actionForm, page } from '../layout.ts'
import { further, table } from '../parts.ts'
import { type Listed, from } from './listed.ts'

const STATES = ['pending', 'delivered', 'failed', 'dead'] as const

/** What was sent where, and how that went. */
export async function deliveriesPage(visit: Visit): Promise<Response> {
  const state = STATES.find((known) => known === visit.c.req.query('status'))
  const path = state === undefined ? '/deliveries?limit=50' : `/deliveries?limit=50&status=${state}`
  const [{ data, nextCursor }, channels] = await Promise.all([
    visit.api.get<Listed<Delivery>>(from(`/v1${path}`, visit.c.req.query('cursor'))),
    visit.api.get<Listed<Channel>>('/v1/channels?limit=1000'),
  ])
  const names = new Map(channels.data.map(({ id, name }) => [id, name]))
  const main = html`<ul class="tabs">
      <li><a href="/deliveries" ${state === undefined ? html`aria-current="true"` : ''}>all</a></li>
      ${STATES.map(
        (known) =>
          html`<li>
            <a href="/deliveries?status=${known}" ${known === state ? html`aria-current="true"` : ''}>${known}</a>
          </li>`,
      )}
    </ul>
    ${deliveryTable(visit, data, names)} ${further(path, nextCursor)}`
  return page(visit, { title: 'Deliveries', main })
}

export async function redeliver(visit: Visit): Promise<Response> {
  await visit.api.send('POST', `/v1/deliveries/${encodeURIComponent(visit.c.req.param('id') ?? '')}/redeliver`)
  return visit.c.redirect('/deliveries', 303)
}

function deliveryTable({ csrf }: Visit, list: readonly Delivery[], names: ReadonlyMap<string, string>): Markup {
  const rows = list.map(({ id, eventType, channelId, status, attempts, nextAttemptAt, createdAt }) => {
    const last = attempts.at(-1)
    return html`<tr>
      <td>${time(createdAt)}</td>
      <td>${eventType}</td>
      <td>${names.get(channelId) ?? 'a channel that is gone'}</td>
      <td>${badge(status)}</td>
      <td class="number">${attempts.length}</td>
      <td dir="auto">${last?.error ?? last?.status ?? ''}</td>
      <td>${time(nextAttemptAt)}</td>
      <td>${status === 'pending' ? '' : actionForm(csrf, `/deliveries/${id}/redeliver`, 'Send again')}</td>
    </tr>`
  })
  return table(
    ['When', 'Event', 'Channel', 'State', 'Attempts', 'Last answer', 'Next', 'Do'],
    rows,
    'Nothing sent yet.',
  )
}

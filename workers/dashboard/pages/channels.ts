import { html } from 'hono/html'
import type { Channel, NewChannel } from '../../../src/contracts/api/channel.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { type Fields, given } from '../fields.ts'
import { badge, time } from '../format.ts'
import { type Markup, type Notice, actionForm, askedTwice, csrfField, page, refusalNotice } from '../layout.ts'
import { choice, field, further, table } from '../parts.ts'
import { type Listed, from } from './listed.ts'
import { shownOnce } from './shown-once.ts'

const TYPES = [
  ['webhook', 'Webhook'],
  ['email', 'E-mail'],
  ['slack', 'Slack'],
  ['discord', 'Discord'],
  ['teams', 'Teams'],
  ['ntfy', 'ntfy'],
  ['telegram', 'Telegram'],
] as const

/** Where alerts go, and the form for a new one. */
export function channelsPage(visit: Visit): Promise<Response> {
  return listPage(visit)
}

export async function createChannel(visit: Visit): Promise<Response> {
  return orShown(
    async () => {
      const { secret } = await visit.api.send<NewChannel>('POST', '/v1/channels', orderOf(visit.fields))
      if (secret === undefined) return visit.c.redirect('/channels', 303)
      return listPage(visit, { markup: shownOnce('What its deliveries are signed with', secret), status: 200 })
    },
    (problem) => listPage(visit, refusalNotice(problem)),
  )
}

export async function testChannel(visit: Visit): Promise<Response> {
  await visit.api.send('POST', `/v1/channels/${idOf(visit)}/test`, {})
  return visit.c.redirect('/deliveries', 303)
}

export async function deleteChannel(visit: Visit): Promise<Response> {
  await visit.api.send('DELETE', `/v1/channels/${idOf(visit)}`)
  return visit.c.redirect('/channels', 303)
}

function idOf({ c }: Visit): string {
  return encodeURIComponent(c.req.param('id') ?? '')
}

function orderOf(fields: Fields): Record<string, unknown> {
  const type = fields.text('type')
  return given({ type, name: fields.text('name'), config: configOf(type, fields) })
}

function configOf(type: string | undefined, fields: Fields): Record<string, unknown> {
  const address = fields.text('address')
  switch (type) {
    case 'email':
      return given({ to: address })
    case 'ntfy':
      return given({ topic: address, token: fields.text('token') })
    case 'telegram':
      return given({ chatId: address, botToken: fields.text('token') })
    default:
      return given({ url: address })
  }
}

async function listPage(visit: Visit, notice?: Notice): Promise<Response> {
  const list = from('/v1/channels?limit=50', visit.c.req.query('cursor'))
  const { data, nextCursor } = await visit.api.get<Listed<Channel>>(list)
  const main = html`<section>
      <h2>New channel</h2>
      ${notice?.markup ?? ''} ${orderForm(visit)}
    </section>
    <section>
      <h2>Channels</h2>
      ${channelTable(visit, data)} ${further('/channels', nextCursor)}
    </section>`
  return page(visit, { title: 'Channels', main, ...(notice && { status: notice.status }) })
}

function orderForm({ csrf, fields }: Visit): Markup {
  const value = (name: string) => fields.text(name)
  return html`<form method="post" action="/channels" class="fields">
    ${csrfField(csrf)} ${choice({ name: 'type', label: 'Type', options: TYPES, value: value('type') })}
    ${field({ name: 'name', label: 'Name', required: true, value: value('name') })}
    ${field({ name: 'address', label: 'To', required: true, value: value('address'), hint: 'A URL; the address of an e-mail, the topic of ntfy, the chat of Telegram' })}
    ${field({ name: 'token', label: 'Token', type: 'password', hint: 'Of the Telegram bot, or of ntfy where it wants one' })}
    <button>Add</button>
  </form>`
}

function channelTable({ csrf }: Visit, channels: readonly Channel[]): Markup {
  const rows = channels.map(
    ({ id, name, type, status, disabledReason, createdAt }) =>
      html`<tr>
        <td>${name}</td>
        <td>${type}</td>
        <td>${badge(status)} ${disabledReason ?? ''}</td>
        <td>${time(createdAt)}</td>
        <td class="actions">
          ${actionForm(csrf, `/channels/${id}/test`, 'Test')}
          ${askedTwice(csrf, `/channels/${id}/delete`, 'Delete', 'Nothing more is sent there.')}
        </td>
      </tr>`,
  )
  return table(['Channel', 'Type', 'State', 'Made', 'Do'], rows, 'No channel yet.')
}

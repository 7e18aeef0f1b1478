import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel } from '../../../src/contracts/api/channel.ts'
import type { Delivery } from '../../../src/contracts/api/delivery.ts'
import type { Mail } from '../../../src/contracts/mail.ts'
import { createChannel } from '../../../src/flows/delivery/manage-channels.ts'
import { deliver } from '../../../src/flows/delivery/deliver.ts'
import { authenticate } from '../../../src/flows/identity/authenticate.ts'
import { CreateChannel } from '../../../src/contracts/api/channel.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { alert, byHand, newChannel, received, request } from './channel-calls.ts'

let key = ''

beforeAll(async () => {
  key = await newOwner()
})

const URL_OF_SLACK = 'https://hooks.slack.com/services/T0/B0/secret-of-slack'

async function refused(body: object): Promise<[number, string]> {
  const response = await request(key, 'POST', '/v1/channels', { name: 'Test', ...body })
  return [response.status, (await response.json<{ detail: string }>()).detail]
}

describe('a channel', () => {
  // Acceptance case 46.
  it('that is shown can be sent back as it is; an unknown field is refused (46)', async () => {
    const made = await newChannel(key, {
      type: 'slack',
      name: 'Team',
      config: { url: URL_OF_SLACK },
      template: { title: '{{name}}' },
      quiet: { from: '22:00', to: '07:00', timezone: 'Europe/Berlin', days: ['sat', 'sun'] },
    })
    expect(made).toMatchObject({ config: {}, secrets: ['url'], status: 'active' })
    expect(made.events).not.toContain('crawl.page')
    const shown = await call<Channel>(key, `/v1/channels/${made.id}`)
    const back = await request(key, 'PATCH', `/v1/channels/${made.id}`, shown)
    expect(await back.json()).toEqual(shown)
    expect(JSON.stringify(shown)).not.toContain('secret-of-slack')
    const unknown = await request(key, 'PATCH', `/v1/channels/${made.id}`, { colour: 'blue' })
    expect(unknown.status).toBe(400)
    expect((await refused({ type: 'slack', config: { url: URL_OF_SLACK, colour: 'blue' } }))[0]).toBe(400)
  })

  it('keeps what is not named, secrets included, and is checked as a whole', async () => {
    const site = await openSite({ '/': 'ok' })
    const config = { topic: 'tea', url: `${site.origin}/`, token: 'tk_hidden' }
    const made = await newChannel(key, { type: 'ntfy', config })
    const change = await request(key, 'PATCH', `/v1/channels/${made.id}`, { config: { topic: 'coffee' } })
    expect(await change.json()).toMatchObject({
      config: { topic: 'coffee', url: `${site.origin}/` },
      secrets: ['token'],
    })
    const wrong = await request(key, 'PATCH', `/v1/channels/${made.id}`, { config: { priority: 9 } })
    expect(await wrong.json()).toMatchObject({ status: 400, errors: [{ path: 'config.priority' }] })
    expect(await call(key, `/v1/channels/${made.id}/test`, {})).toMatchObject({ status: 'delivered' })
    const [got] = await received(site, '/')
    expect(got?.headers['authorization']).toBe('Bearer tk_hidden')
    expect(JSON.parse(got?.body ?? '')).toMatchObject({ topic: 'coffee', title: 'Test of a channel' })
  })

  it.each([
    [{ type: 'webhook', config: { url: 'ftp://example.com' } }, /url/],
    [{ type: 'webhook', config: { url: 'https://ada:secret@example.com' } }, /no user name/],
    [{ type: 'webhook', config: {} }, /config\.url/],
    [{ type: 'webhook', config: { url: 'https://example.com', headers: { 'webhook-id': '1' } } }, /webhook-id/],
    [{ type: 'webhook', config: { url: 'https://example.com', headers: { a: 'b\r\nc: d' } } }, /printable/],
    [{ type: 'webhook', secret: 'whsec_c2hvcnQ=', config: { url: 'https://example.com' } }, /24 to 64 bytes/],
    [{ type: 'telegram', config: { botToken: 'no', chatId: 1 } }, /BotFather/],
    [{ type: 'ntfy', config: { topic: 'a/b' } }, /letters/],
    [{ type: 'pigeon', config: {} }, /type/],
    [{ type: 'slack', config: { url: URL_OF_SLACK }, events: ['monitor.exploded'] }, /events/],
    [
      { type: 'slack', config: { url: URL_OF_SLACK }, quiet: { from: '22:00', to: '07:00', timezone: 'Mars/Base' } },
      /IANA/,
    ],
    // Acceptance case 43.
    [
      { type: 'slack', config: { url: URL_OF_SLACK }, template: { text: '{{nmae}}' } },
      /there is no nmae; the tokens are/,
    ],
    [{ type: 'webhook', config: { url: 'https://example.com' }, template: { text: 'x' } }, /for messages to people/],
    [{ type: 'slack', config: { url: URL_OF_SLACK }, template: {} }, /`template` needs/],
  ])('is refused when it is wrong: %j', async (body, detail) => {
    const [status, said] = await refused(body)
    expect([status, said]).toEqual([400, expect.stringMatching(detail)])
  })

  it('is refused a change that would change nothing', async () => {
    const made = await newChannel(key, { type: 'slack', config: { url: URL_OF_SLACK } })
    const change = async (wish: object) => {
      const response = await request(key, 'PATCH', `/v1/channels/${made.id}`, wish)
      return [response.status, (await response.json<{ errors?: { path: string }[] }>()).errors?.[0]?.path]
    }
    expect(await change({ type: 'webhook' })).toEqual([400, 'type'])
    expect(await change({ status: 'paused' })).toEqual([400, 'status'])
    expect(await change({ status: 'paused', enabled: false })).toEqual([200, undefined])
    const range = { channelId: made.id, since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }
    expect(await (await request(key, 'POST', '/v1/deliveries/redeliver', range)).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'since' }],
    })
  })

  it('for e-mail is refused where no e-mail is sent', async () => {
    const [status, said] = await refused({ type: 'email', config: { to: 'ada@example.com' } })
    expect([status, said]).toEqual([503, expect.stringContaining('LAPIS_SMTP_URL')])
  })

  it('takes its deliveries along when it is deleted', async () => {
    const made = await newChannel(key, { type: 'slack', config: { url: URL_OF_SLACK } })
    const [id = ''] = await alert([made.id])
    expect((await request(key, 'DELETE', `/v1/channels/${made.id}`)).status).toBe(204)
    expect((await request(key, 'GET', `/v1/deliveries/${id}`)).status).toBe(404)
    await deliver(byHand().platform, id)
  })

  it('needs its own scopes, and what is done to it is in the audit log', async () => {
    const reader = await newOwner(['channels:read'])
    expect((await request(reader, 'GET', '/v1/channels')).status).toBe(200)
    expect((await request(reader, 'POST', '/v1/channels', {})).status).toBe(403)
    const made = await newChannel(key, { type: 'webhook', config: { url: 'https://example.com' } })
    await request(key, 'PATCH', `/v1/channels/${made.id}`, { enabled: false })
    const test = await request(key, 'POST', `/v1/channels/${made.id}/test`)
    expect(await test.json()).toMatchObject({ status: 409, code: 'channel_disabled' })
    const { data } = await call<{ data: { action: string; target: { id: string } }[] }>(key, '/v1/audit-events')
    const deeds = data.filter(({ target }) => target.id === made.id).map(({ action }) => action)
    expect(deeds).toEqual(['channel.changed', 'channel.created'])
  })
})

describe('deliveries', () => {
  it('are listed once each to the end, by status and channel, and counted in usage', async () => {
    const own = await newOwner()
    const made = await newChannel(own, { type: 'webhook', config: { url: 'https://example.com' } })
    const ids: string[] = []
    for (let times = 0; times < 5; times++) ids.push(...(await alert([made.id])))
    await query(`UPDATE deliveries SET status = 'dead', next_attempt_at = NULL WHERE id = $1`, [ids[2]])
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor && `&cursor=${cursor}`
      const path = `/v1/deliveries?limit=2&channelId=${made.id}${from}`
      const page: { data: Delivery[]; nextCursor: string | null } = await call(own, path)
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(ids.toReversed())
    const dead = await call<{ data: Delivery[] }>(own, '/v1/deliveries?status=dead')
    expect(dead.data.map(({ id, eventType, channelId }) => [id, eventType, channelId])).toEqual([
      [ids[2], 'monitor.changed', made.id],
    ])
    const { data } = await call<{ data: { deliveries: number }[] }>(own, '/v1/usage?days=2')
    expect(data.map((day) => day.deliveries)).toEqual([0, 5])
  })
})

describe('e-mail', () => {
  it('is a letter to each address, with a way out of its own by one click', async () => {
    const letters: Mail[] = []
    const { platform } = byHand({ sendMail: (mail) => Promise.resolve(void letters.push(mail)) })
    const caller = await authenticate(platformOf(env), `Bearer ${key}`, {
      from: { address: null, network: '127.0.0.1', userAgent: null },
      beforeLookUp: () => Promise.resolve(),
    })
    const wanted = CreateChannel.parse({
      type: 'email',
      name: 'Letters',
      config: { to: ['Ada@Example.com', 'bob@example.com'] },
    })
    const channel = await createChannel(platform, caller, wanted)
    const [id = ''] = await alert([channel.id])
    await deliver(platform, id)
    expect(letters.map(({ to }) => to)).toEqual(['ada@example.com', 'bob@example.com'])
    expect(letters[0]?.html).toContain('Price of &lt;b&gt;tea&lt;/b&gt;')
    const leave = letters[0]?.unsubscribeUrl ?? ''
    expect(leave).toMatch(/^http:\/\/lapis\.test\/v1\/unsubscribe\?token=/)
    const page = await exports.default.fetch(leave)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')])
    // Opening the link takes nobody off the list.
    expect(await call(key, `/v1/channels/${channel.id}`)).toMatchObject({
      config: { to: ['ada@example.com', 'bob@example.com'] },
    })
    const post = (url: string) =>
      exports.default.fetch(url, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    expect((await post(leave)).status).toBe(200)
    expect((await post(leave)).status).toBe(200)
    expect(await call(key, `/v1/channels/${channel.id}`)).toMatchObject({ config: { to: ['bob@example.com'] } })
    expect((await post(letters[1]?.unsubscribeUrl ?? '')).status).toBe(200)
    expect(await call(key, `/v1/channels/${channel.id}`)).toMatchObject({ status: 'paused' })
    expect((await post(`${leave.slice(0, -2)}xx`)).status).toBe(400)
  })
})

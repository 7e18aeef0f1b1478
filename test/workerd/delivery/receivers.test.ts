import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Channel } from '../../../src/contracts/api/channel.ts'
import type { Delivery } from '../../../src/contracts/api/delivery.ts'
import type { Mail } from '../../../src/contracts/mail.ts'
import { deliver } from '../../../src/flows/delivery/deliver.ts'
import { sweepDeliveries } from '../../../src/flows/delivery/sweep-deliveries.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { authorized, newPerson } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { type Routes, openSite } from '../stand-in-site.ts'
import { alert, byHand, makeDue, newChannel, received, request } from './channel-calls.ts'

let key = ''

beforeAll(async () => {
  key = await newOwner()
})

const webhook = (url: string) => newChannel(key, { type: 'webhook', config: { url } })
const show = (id: string) => call<Delivery>(key, `/v1/deliveries/${id}`)

/** A receiver that behaves so, and one alert for it. */
async function facing(routes: Routes) {
  const site = await openSite(routes)
  const channel = await webhook(`${site.origin}/hook`)
  const [id = ''] = await alert([channel.id])
  return { site, channel, id }
}

const secondsUntil = ({ nextAttemptAt }: Delivery) => (Date.parse(nextAttemptAt ?? '') - Date.now()) / 1_000

describe('a receiver', () => {
  it('that redirects fails, and the target hears nothing (48)', async () => {
    const inside = await openSite({ '/secret': 'internal' })
    const { id, site } = await facing({ '/hook': { status: 307, headers: { location: `${inside.origin}/secret` } } })
    await deliver(byHand().platform, id)
    expect(await show(id)).toMatchObject({
      status: 'failed',
      attempts: [{ status: 307, error: 'It answered 307; redirects are not followed.' }],
    })
    expect(await received(site)).toHaveLength(1)
    expect(await inside.requests()).toEqual([])
  })

  it('that is down is tried ten times, then the delivery is dead, and can be sent once more', async () => {
    const { id, site, channel } = await facing({ '/hook': { status: 503, body: 'x'.repeat(10_000) } })
    const { platform } = byHand()
    for (let tries = 0; tries < 12; tries++) {
      await deliver(platform, id)
      await makeDue(id)
    }
    const dead = await show(id)
    expect(dead).toMatchObject({ status: 'dead', nextAttemptAt: null })
    expect(dead.attempts).toHaveLength(10)
    // Kept, but bounded.
    expect(dead.attempts[0]?.response).toHaveLength(2_048)
    await site.setRoutes({ '/hook': { status: 204 } })
    const since = new Date(Date.now() - 60_000).toISOString()
    expect(await call(key, '/v1/deliveries/redeliver', { channelId: channel.id, since })).toEqual({ count: 1 })
    await deliver(platform, id)
    expect((await show(id)).status).toBe('delivered')
    const ids = (await received(site)).map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([11, 1])
    // What was delivered is not sent again by a range, and nothing before it.
    expect(await call(key, '/v1/deliveries/redeliver', { channelId: channel.id, since })).toEqual({ count: 0 })
  })

  it('that answers 410 is left alone: the channel is disabled, what waits is kept, its owners are told', async () => {
    const { accessToken, user } = await newPerson()
    const site = await openSite({ '/hook': { status: 410 }, '/other': 'ok' })
    const add = async (path: string) =>
      (
        await authorized(accessToken, '/v1/channels', 'POST', {
          type: 'webhook',
          name: path,
          config: { url: `${site.origin}${path}` },
        })
      ).json<Channel>()
    const [gone, other] = [await add('/hook'), await add('/other')]
    const [[first = ''], [waiting = '']] = [await alert([gone.id]), await alert([gone.id])]
    const letters: Mail[] = []
    const { platform, queued } = byHand({ sendMail: (mail) => Promise.resolve(void letters.push(mail)) })
    await deliver(platform, first)
    const shown = await (await authorized(accessToken, `/v1/channels/${gone.id}`)).json<Channel>()
    expect(shown).toMatchObject({ status: 'disabled', enabled: true, disabledReason: 'it answered 410 Gone.' })
    const statusOf = async (id: string) =>
      (await (await authorized(accessToken, `/v1/deliveries/${id}`)).json<Delivery>()).status
    expect([await statusOf(first), await statusOf(waiting)]).toEqual(['dead', 'dead'])
    expect(letters).toMatchObject([{ to: user.email, subject: 'Channel disabled: /hook' }])
    for (const id of queued) await deliver(platform, id)
    const [told] = await received(site, '/other')
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ type: 'channel.disabled', data: { channelId: gone.id } })
    expect(await received(site)).toHaveLength(1)
    // What happens meanwhile is kept, and can be had once the owner has enabled it.
    await alert([gone.id])
    expect((await authorized(accessToken, `/v1/channels/${gone.id}/test`, 'POST', {})).status).toBe(409)
    await authorized(accessToken, `/v1/channels/${gone.id}`, 'PATCH', { enabled: true })
    const range = { channelId: gone.id, since: new Date(Date.now() - 60_000).toISOString() }
    const again = await authorized(accessToken, '/v1/deliveries/redeliver', 'POST', range)
    // The two that it had, the one it missed, and the news of its own end.
    expect(await again.json()).toEqual({ count: 4 })
    expect(other.status).toBe('active')
  })

  it('that has failed for five days and nothing else is given up', async () => {
    const { id, channel } = await facing({ '/hook': { status: 500 } })
    await query(`UPDATE channels SET failing_since = now() - interval '5 days' WHERE id = $1`, [channel.id])
    await deliver(byHand().platform, id)
    expect((await show(id)).status).toBe('dead')
    expect(await call(key, `/v1/channels/${channel.id}`)).toMatchObject({ status: 'disabled' })
  })

  it('that takes one after failures is well again', async () => {
    const { id, channel } = await facing({ '/hook': { status: 200 } })
    await query(`UPDATE channels SET failing_since = now() - interval '6 days' WHERE id = $1`, [channel.id])
    await deliver(byHand().platform, id)
    expect(await call(key, `/v1/channels/${channel.id}`)).toMatchObject({ status: 'active', failingSince: null })
  })

  it('that answers 429 gets nothing before Retry-After is over, not even other alerts', async () => {
    const { id, site, channel } = await facing({ '/hook': { status: 429, headers: { 'retry-after': '600' } } })
    const [other = ''] = await alert([channel.id])
    const { platform } = byHand()
    await deliver(platform, id)
    await deliver(platform, other)
    expect(await received(site)).toHaveLength(1)
    for (const each of [await show(id), await show(other)]) {
      expect(secondsUntil(each)).toBeGreaterThan(595)
      expect(secondsUntil(each)).toBeLessThan(605)
    }
    expect((await show(other)).status).toBe('pending')
  })

  it.each([502, 504])('that answers %i slows down, twice as long each time', async (status) => {
    const { id, channel } = await facing({ '/hook': { status } })
    const { platform } = byHand({ clockSpeed: 1 })
    const holds: number[] = []
    for (let times = 0; times < 3; times++) {
      await deliver(platform, id)
      const [row] = await query('SELECT extract(epoch FROM hold_until - now()) AS hold FROM channels WHERE id = $1', [
        channel.id,
      ])
      // Of the hold, what passed until we looked is gone.
      holds.push(5 * Math.ceil(Number(row?.['hold']) / 5))
      await query('UPDATE channels SET hold_until = NULL WHERE id = $1', [channel.id])
      await makeDue(id)
    }
    expect(holds).toEqual([5, 10, 20])
  })

  it('that nobody may reach is refused when it is named, and when it is sent to (48)', async () => {
    for (const url of [
      'http://10.0.0.1/',
      'http://100.64.0.1/',
      'http://[::ffff:10.0.0.1]/',
      'http:\\\\192.168.0.1/',
      'http://169.254.169.254/latest',
    ]) {
      const response = await request(key, 'POST', '/v1/channels', { type: 'webhook', name: 'Inside', config: { url } })
      const { code } = await response.json<{ code: string }>()
      expect([400, 422], url).toContain(response.status)
      expect(['address_not_allowed', 'validation_failed'], url).toContain(code)
    }
    const { id, channel } = await facing({ '/hook': 'ok' })
    await query(`UPDATE channels SET config = '{"url": "http://10.0.0.1/"}' WHERE id = $1`, [channel.id])
    await deliver(byHand().platform, id)
    expect((await show(id)).attempts[0]?.error).toContain('private address')
  })
})

describe('one channel and another (44)', () => {
  it('a receiver that hangs has at most two attempts at a time, and holds up nobody else', async () => {
    const site = await openSite({ '/hook': { fault: 'hang' }, '/well': 'ok' })
    const [slow, well] = [await webhook(`${site.origin}/hook`), await webhook(`${site.origin}/well`)]
    const { platform } = byHand()
    const stuck: string[] = []
    for (let times = 0; times < 4; times++) stuck.push(...(await alert([slow.id])))
    const attempts = stuck.map((id) => deliver({ ...platformOf(env), clockSpeed: 1 }, id).catch(() => undefined))
    const [quick = ''] = await alert([well.id])
    const startedAt = Date.now()
    await deliver(platform, quick)
    expect((await show(quick)).status).toBe('delivered')
    expect(Date.now() - startedAt).toBeLessThan(5_000)
    // Two of the four came back at once: the channel had enough to do.
    const [first, second] = await Promise.all([Promise.race(attempts), Promise.race(attempts.toReversed())])
    expect([first, second]).toEqual([undefined, undefined])
    const leased = await query('SELECT id FROM deliveries WHERE channel_id = $1 AND leased_until > now()', [slow.id])
    expect(leased).toHaveLength(2)
    expect((await received(site)).length).toBeLessThanOrEqual(2)
    // As if the process had been killed: nothing is lost.
    await query(
      `UPDATE deliveries SET lease_id = NULL, leased_until = now() - interval '1 second' WHERE channel_id = $1`,
      [slow.id],
    )
    const { platform: sweeping, queued } = byHand()
    await sweepDeliveries(sweeping)
    expect(queued.filter((id) => stuck.includes(id))).toHaveLength(2)
  })

  it('one event is rendered for each channel by itself', async () => {
    const site = await openSite({ '/slack': 'ok', '/discord': { status: 500 }, '/bot1:abcdefghijkl/sendMessage': 'ok' })
    const slack = await newChannel(key, { type: 'slack', config: { url: `${site.origin}/slack` } })
    const discord = await newChannel(key, { type: 'discord', config: { url: `${site.origin}/discord` } })
    const config = { botToken: '1:abcdefghijkl', chatId: 42, apiUrl: site.origin }
    const telegram = await newChannel(key, { type: 'telegram', config })
    const ids = await alert([discord.id, slack.id, telegram.id])
    for (const id of ids) await deliver(byHand().platform, id)
    const statuses = await Promise.all(ids.map(async (id) => (await show(id)).status))
    expect(statuses.toSorted()).toEqual(['delivered', 'delivered', 'failed'])
    const body = async (path: string) =>
      JSON.parse((await received(site, path))[0]?.body ?? '') as Record<string, unknown>
    expect(await body('/slack')).toHaveProperty('blocks')
    expect(await body('/discord')).toHaveProperty('embeds')
    expect(await body('/bot1:abcdefghijkl/sendMessage')).toMatchObject({ chat_id: 42, parse_mode: 'HTML' })
  })
})

describe('what interrupts', () => {
  it('a lease that runs out is followed by another attempt, and the first one settles nothing any more', async () => {
    const { id, site } = await facing({ '/hook': [{ delayMs: 700, status: 500 }, { status: 200 }] })
    const first = deliver(byHand().platform, id)
    await vi.waitFor(async () => expect(await received(site)).toHaveLength(1), { interval: 50 })
    await query(`UPDATE deliveries SET leased_until = now() - interval '1 second' WHERE id = $1`, [id])
    await deliver(byHand().platform, id)
    await first
    expect(await show(id)).toMatchObject({ status: 'delivered', attempts: [{ status: 200 }] })
    expect(new Set((await received(site)).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('quiet hours put off what is due until they are over, and mute keeps quiet for good (45)', async () => {
    const { id, site, channel } = await facing({ '/hook': 'ok' })
    const quiet = { from: '22:00', to: '07:30', timezone: 'Europe/Berlin' }
    await request(key, 'PATCH', `/v1/channels/${channel.id}`, { quiet })
    // 01:00 in Berlin.
    await deliver(byHand({ now: () => new Date('2027-01-15T00:00:00Z') }).platform, id)
    expect(await show(id)).toMatchObject({ status: 'pending', nextAttemptAt: '2027-01-15T06:30:00.000Z', attempts: [] })
    expect(await received(site)).toEqual([])
    const mutedUntil = new Date(Date.now() + 3_600_000).toISOString()
    const muted = await request(key, 'PATCH', `/v1/channels/${channel.id}`, { mutedUntil })
    expect(await muted.json()).toMatchObject({ status: 'muted', mutedUntil })
    expect(await alert([channel.id])).toEqual([])
  })
})

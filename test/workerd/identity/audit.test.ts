import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { deedOf, recorded } from '../../../src/flows/identity/audit.ts'
import type { Caller } from '../../../src/flows/identity/authenticate.ts'
import { sweep } from '../../../workers/cron/sweep.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from './query.ts'
import { authorized, newAddress, newEmail, newPerson, post, refusal } from './sign-in.ts'

interface Event {
  id: string
  at: string
  action: string
  actor: { kind: string; id: string; name: string | null }
  target: { kind: string; id: string; name: string | null }
  address: string | null
  userAgent: string | null
}

async function events(token: string, search = ''): Promise<{ data: Event[]; nextCursor: string | null }> {
  const response = await authorized(token, `/v1/audit-events${search}`)
  expect(response.status).toBe(200)
  return response.json()
}

it('what is done to ten thousand things at once is recorded for each of them', async () => {
  const { user } = await newPerson()
  const [member] = await query('SELECT workspace_id FROM memberships WHERE user_id = $1', [user.id])
  const workspaceId = String(member?.['workspace_id'])
  const by = { kind: 'person' as const, userId: user.id }
  const from = { address: null, userAgent: null }
  const made = Array.from({ length: 10_000 }, () => {
    const target = { kind: 'monitor' as const, id: crypto.randomUUID() }
    return deedOf({ workspaceId, by, from } as unknown as Caller, 'monitor.created', target)
  })
  await recorded(await platformOf(env).database(), made, () => Promise.resolve(true))
  const of = 'SELECT count(*)::int AS events FROM audit_events WHERE workspace_id = $1 AND action = $2'
  expect(await query(of, [workspaceId, 'monitor.created'])).toEqual([{ events: made.length }])
})

describe('GET /v1/audit-events', () => {
  it('tells who did what to what, from where and when, newest first', async () => {
    const address = newAddress()
    const before = Date.now()
    const { accessToken, refreshToken, user } = await newPerson(newEmail(), address)
    const made = await exports.default.fetch('http://lapis.test/v1/keys', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        'cf-connecting-ip': address,
        'user-agent': 'Browser of Ada',
      },
      body: JSON.stringify({ name: 'Nightly' }),
    })
    const key = await made.json<{ id: string; key: string }>()
    await authorized(key.key, `/v1/keys/${key.id}/rotate`, 'POST', {})
    await post('/v1/auth/logout', { refreshToken })
    const { data } = await events(key.key)
    expect(data.map(({ action }) => action)).toEqual([
      'session.closed',
      'key.rotated',
      'key.created',
      'session.opened',
      'account.registered',
    ])
    expect(data[1]?.actor).toEqual({ kind: 'key', id: key.id, name: 'Nightly' })
    const { id, at, ...created } = data[2] ?? { id: '', at: '' }
    expect(created).toEqual({
      action: 'key.created',
      actor: { kind: 'person', id: user.id, name: user.email },
      target: { kind: 'key', id: key.id, name: 'Nightly' },
      address,
      userAgent: 'Browser of Ada',
    })
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1_000)
    expect(id).not.toBe('')
  })

  it('knows crawls', async () => {
    const { accessToken } = await newPerson()
    const crawl = await authorized(accessToken, '/v1/crawls', 'POST', { url: 'http://127.0.0.1:9/' })
    const { id } = await crawl.json<{ id: string }>()
    await authorized(accessToken, `/v1/crawls/${id}/cancel`, 'POST')
    await authorized(accessToken, `/v1/crawls/${id}`, 'DELETE')
    const { data } = await events(accessToken)
    expect(data.slice(0, 3).map(({ action, target }) => [action, target.id])).toEqual([
      ['crawl.deleted', id],
      ['crawl.cancelled', id],
      ['crawl.created', id],
    ])
  })

  it('tells nothing of what was refused: an event stands and falls with its change', async () => {
    const { accessToken } = await newPerson()
    const { id } = await (await authorized(accessToken, '/v1/keys', 'POST', { name: 'K' })).json<{ id: string }>()
    const rotations = Array.from({ length: 5 }, () => authorized(accessToken, `/v1/keys/${id}/rotate`, 'POST', {}))
    await Promise.all(rotations)
    expect((await events(accessToken, '?action=key.rotated')).data).toHaveLength(1)
  })

  it('yields every event once, page by page', async () => {
    const { accessToken } = await newPerson()
    for (let i = 0; i < 5; i += 1) await authorized(accessToken, '/v1/me', 'PATCH', { name: `Ada ${i}` })
    const all = (await events(accessToken)).data.map(({ id }) => id)
    const seen: string[] = []
    let search = '?limit=2'
    for (;;) {
      const page = await events(accessToken, search)
      seen.push(...page.data.map(({ id }) => id))
      if (page.nextCursor === null) break
      search = `?limit=2&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual(all)
    expect(seen).toHaveLength(7)
  })

  it('is for those who run the workspace', async () => {
    const { accessToken, user } = await newPerson()
    await query(`UPDATE memberships SET role = 'member' WHERE user_id = $1`, [user.id])
    expect(await refusal(await authorized(accessToken, '/v1/audit-events'))).toEqual([403, 'insufficient_scope'])
  })
})

describe('the audit log', () => {
  it.each([
    ['changed', `UPDATE audit_events SET action = 'session.closed' WHERE actor_id = $1`],
    ['moved', `UPDATE audit_events SET address = '192.0.2.1' WHERE actor_id = $1`],
    ['deleted', 'DELETE FROM audit_events WHERE actor_id = $1'],
  ])('can not be %s, whoever asks', async (_, statement) => {
    const { user } = await newPerson()
    await expect(query(statement, [user.id])).rejects.toThrow('append-only')
  })

  it('is dropped by the sweep after 90 days', async () => {
    const { accessToken, user, workspace } = await newPerson()
    const old = `INSERT INTO audit_events (id, workspace_id, at, action, actor_kind, actor_id, target_kind, target_id)
      VALUES (gen_random_uuid(), $1, now() - $3::interval, 'account.renamed', 'person', $2, 'person', $2)`
    await query(old, [workspace.id, user.id, '91 days'])
    await query(old, [workspace.id, user.id, '89 days'])
    await sweep(platformOf(env))
    const { data } = await events(accessToken)
    expect(data.filter(({ action }) => action === 'account.renamed')).toHaveLength(1)
    expect(data).toHaveLength(3)
  })
})

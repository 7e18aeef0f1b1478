import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { platformOf } from '../../../workers/platform.ts'
import { checked, newMonitor } from '../monitor/monitor-calls.ts'
import { type Crawl, call, completed } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { query } from './query.ts'
import { PASSWORD, type SignedIn, authorized, newEmail, newPerson, post, refusal } from './sign-in.ts'

const PAGE = '<title>Page</title><main><p>Some words to read.</p></main>'

/** Every table with a column that may hold an id, so that one that is added later is looked through as well. */
async function tablesThatKnow(id: string): Promise<string[]> {
  const columns = await query(
    `SELECT table_name AS place, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('uuid', 'text', 'jsonb')`,
  )
  const looks = columns.map(({ place, name }) => {
    const { table, column } = { table: String(place), column: String(name) }
    return `SELECT '${table}' AS known WHERE EXISTS (SELECT 1 FROM ${table} WHERE ${column}::text LIKE '%' || $1 || '%')`
  })
  const rows = await query(`${looks.join(' UNION ')} ORDER BY 1`, [id])
  return rows.map(({ known }) => String(known))
}

async function crawled(token: string): Promise<string> {
  const site = await openSite({ '/': PAGE })
  const { id } = await call<Crawl>(token, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 })
  await completed(token, id)
  return id
}

/** A monitor with a snapshot. */
async function watched(token: string): Promise<string> {
  const site = await openSite({ '/': PAGE })
  const { id } = await newMonitor(token, { url: `${site.origin}/` })
  await checked(token, id)
  return id
}

async function joined(owner: SignedIn, role: string): Promise<SignedIn> {
  const wish = { email: newEmail(), role }
  const { token } = await (
    await authorized(owner.accessToken, '/v1/invitations', 'POST', wish)
  ).json<{ token: string }>()
  return (await post('/v1/invitations/accept', { token, password: PASSWORD })).json<SignedIn>()
}

describe('DELETE /v1/account', () => {
  it('erases the person and the workspace that is theirs alone: rows, stored bytes and Durable Objects', async () => {
    const ada = await newPerson()
    const crawlId = await crawled(ada.accessToken)
    const key = await (
      await authorized(ada.accessToken, '/v1/keys', 'POST', { name: 'K' })
    ).json<{ id: string; key: string }>()
    const monitorId = await watched(ada.accessToken)
    const kept = async () => {
      const lists = [`crawls/${crawlId}/`, `monitors/${monitorId}/`].map((prefix) => env.ARCHIVE.list({ prefix }))
      return (await Promise.all(lists)).map(({ objects }) => objects.length)
    }
    expect(await kept()).toEqual([expect.any(Number), 1])
    expect(await tablesThatKnow(ada.workspace.id)).toContain('crawls')

    expect((await authorized(ada.accessToken, '/v1/account', 'DELETE')).status).toBe(204)

    for (const id of [ada.user.id, ada.workspace.id, crawlId, monitorId, key.id])
      expect(await tablesThatKnow(id)).toEqual(['audit_events'])
    expect(await tablesThatKnow(ada.user.email)).toEqual([])
    expect(await kept()).toEqual([0, 0])
    expect(await platformOf(env).ledger(crawlId).progress()).toBeNull()
    expect((await authorized(ada.accessToken, '/v1/me')).status).toBe(401)
    expect((await authorized(key.key, '/v1/crawls')).status).toBe(401)
    const { refreshToken } = ada
    expect((await post('/v1/auth/refresh', { refreshToken })).status).toBe(401)
    expect((await post('/v1/auth/login', { email: ada.user.email, password: PASSWORD })).status).toBe(401)
  }, 60_000)

  it('leaves a workspace with another owner as it is, where the audit log keeps a pseudonym', async () => {
    const ada = await newPerson()
    const eve = await joined(ada, 'owner')
    const crawlId = await crawled(ada.accessToken)
    expect((await authorized(ada.accessToken, '/v1/account', 'DELETE')).status).toBe(204)
    expect((await authorized(eve.accessToken, `/v1/crawls/${crawlId}`)).status).toBe(200)
    const { data } = await (
      await authorized(eve.accessToken, '/v1/audit-events')
    ).json<{ data: { action: string; actor: { id: string }; address: string | null; userAgent: string | null }[] }>()
    const hers = data.filter(({ actor }) => actor.id === ada.user.id)
    expect(hers[0]).toMatchObject({
      action: 'account.erased',
      actor: { kind: 'person', id: ada.user.id, name: null },
      target: { name: null },
    })
    expect(hers.map(({ action }) => action)).toContain('crawl.created')
    for (const { address, userAgent } of hers) expect([address, userAgent]).toEqual([null, null])
    expect(await tablesThatKnow(ada.user.email)).toEqual([])
  }, 60_000)

  it('takes members and invitations of the workspace with it, but not the people', async () => {
    const ada = await newPerson()
    const eve = await joined(ada, 'admin')
    await authorized(ada.accessToken, '/v1/invitations', 'POST', { email: newEmail() })
    expect((await authorized(ada.accessToken, '/v1/account', 'DELETE')).status).toBe(204)
    expect((await authorized(eve.accessToken, '/v1/crawls')).status).toBe(401)
    expect(await tablesThatKnow(ada.workspace.id)).toEqual(['audit_events'])
    expect((await post('/v1/auth/login', { email: eve.user.email, password: PASSWORD })).status).toBe(200)
  })

  it('of two owners at the same time leaves nothing of the workspace', async () => {
    const ada = await newPerson()
    const eve = await joined(ada, 'owner')
    const answers = await Promise.all(
      [ada, eve].map(({ accessToken }) => authorized(accessToken, '/v1/account', 'DELETE')),
    )
    expect(answers.map(({ status }) => status)).toEqual([204, 204])
    expect(await tablesThatKnow(ada.workspace.id)).toEqual(['audit_events'])
  })

  it('is for people: a key erases nobody', async () => {
    const { accessToken } = await newPerson()
    const { key } = await (await authorized(accessToken, '/v1/keys', 'POST', { name: 'K' })).json<{ key: string }>()
    expect(await refusal(await authorized(key, '/v1/account', 'DELETE'))).toEqual([403, 'person_needed'])
    expect(await refusal(await authorized(key, '/v1/account/export'))).toEqual([403, 'person_needed'])
  })
})

describe('GET /v1/account/export', () => {
  it('has everything of the person and of what they own, and no secret', async () => {
    const ada = await newPerson()
    const eve = await joined(ada, 'viewer')
    const made = await authorized(ada.accessToken, '/v1/keys', 'POST', { name: 'Nightly' })
    const key = await made.json<{ id: string; key: string }>()
    const scrapeOptions = { auth: { type: 'basic', username: 'ada', password: 'of the site' } }
    const order = { url: 'http://127.0.0.1:9/', scrapeOptions }
    const crawl = await (await authorized(ada.accessToken, '/v1/crawls', 'POST', order)).json<{ id: string }>()
    const monitor = await newMonitor(ada.accessToken, { url: 'http://127.0.0.1:9/', scrapeOptions })
    const wish = {
      type: 'webhook',
      name: 'Hook',
      config: { url: 'https://example.com/' },
    }
    const channel = await call<{ id: string; secret?: string }>(ada.accessToken, '/v1/channels', wish)
    const response = await authorized(ada.accessToken, '/v1/account/export')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      user: ada.user,
      workspaces: [
        {
          ...ada.workspace,
          keys: [{ id: key.id, name: 'Nightly' }],
          crawls: [{ id: crawl.id }],
          monitors: [{ id: monitor.id }],
          channels: [{ id: channel.id, name: 'Hook' }],
        },
      ],
      sessions: [{ workspaceId: ada.workspace.id, endedAt: null }],
      knownAddresses: [{ seenAt: expect.any(String) }],
    })
    expect(text).toContain('"account.registered"')
    for (const secret of [key.key, ada.refreshToken, 'scrypt', 'of the site', 'whsec_'])
      expect(text).not.toContain(secret)
    const hers = await (
      await authorized(eve.accessToken, '/v1/account/export')
    ).json<{ workspaces: { crawls: unknown[]; keys: unknown[] }[] }>()
    expect(hers.workspaces).toMatchObject([{ ...ada.workspace, role: 'viewer', keys: [], crawls: [] }])
    expect(JSON.stringify(hers)).not.toContain(ada.user.email)
  })
})

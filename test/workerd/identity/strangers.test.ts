import { beforeAll, describe, expect, it } from 'vitest'
import { kept } from '../capture/kept.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Operation, operations, perform } from './operations.ts'
import { query } from './query.ts'
import { authorized, newPerson, refusal } from './sign-in.ts'

/** What every person may do, whatever their role: it concerns nobody but them. */
const OWN_AFFAIRS = [
  '/v1/auth/email/resend',
  '/v1/auth/email/change',
  '/v1/me',
  '/v1/auth/session',
  '/v1/auth/password/change',
  '/v1/account',
  '/v1/account/export',
]

/** Well formed, and nobody's. */
const NO_ID = '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a'

/** What a stranger must not see or touch, by the path that leads to it. A path with an id has to be named here. */
interface Possessions {
  owner: string
  ids: Record<string, string>
}

let all: Operation[] = []
let theirs: Possessions

beforeAll(async () => {
  all = await operations()
  theirs = await possessions()
}, 60_000)

async function possessions(): Promise<Possessions> {
  const { accessToken: owner, user, workspace } = await newPerson()
  // Nothing listens on port 9: a crawl that is over soon, and stays.
  const crawl = await authorized(owner, '/v1/crawls', 'POST', { url: 'http://127.0.0.1:9/', name: 'Secret crawl' })
  const key = await authorized(owner, '/v1/keys', 'POST', { name: 'Secret key' })
  const invitation = await authorized(owner, '/v1/invitations', 'POST', { email: 'secret@example.test' })
  const channel = await authorized(owner, '/v1/channels', 'POST', {
    type: 'webhook',
    name: 'Secret channel',
    config: { url: `${(await openSite({ '/secret-hook': 'ok' })).origin}/secret-hook` },
  })
  const channelId = await idOf(channel, 201)
  const tested = await authorized(owner, `/v1/channels/${channelId}/test`, 'POST', {})
  const watched = { name: 'Secret monitor', url: 'http://127.0.0.1:9/', schedule: { every: '1d' }, enabled: false }
  const monitor = await idOf(await authorized(owner, '/v1/monitors', 'POST', watched), 201)
  const diff = { blocks: [], fields: [], before: [], after: [] }
  const summary = { added: 0, removed: 0, moved: 0, changedRatio: 0 }
  await query(
    `INSERT INTO changes (id, monitor_id, workspace_id, check_id, at, summary, diff)
     SELECT id, id, workspace_id, id, now(), $2, $3 FROM monitors WHERE id = $1`,
    [monitor, JSON.stringify(summary), JSON.stringify({ ...diff, summary })],
  )
  const ids = {
    '/v1/channels/{id}': channelId,
    '/v1/deliveries/{id}': await idOf(tested, 200),
    '/v1/monitors/{id}': monitor,
    '/v1/changes/{id}': monitor,
    '/v1/captures/{id}': (await kept(workspace.id)).split('/').at(-1) ?? '',
    '/v1/crawls/{id}': await idOf(crawl, 202),
    '/v1/keys/{id}': await idOf(key, 201),
    '/v1/invitations/{id}': await idOf(invitation, 201),
    '/v1/members/{id}': user.id,
  }
  return { owner, ids }
}

async function idOf(response: Response, status: number): Promise<string> {
  expect(response.status).toBe(status)
  return (await response.json<{ id: string }>()).id
}

/** The path with the other's id in it. */
function pathTo({ path }: Operation): string {
  const place = Object.keys(theirs.ids).find((prefix) => path === prefix || path.startsWith(`${prefix}/`))
  if (place === undefined) throw new Error(`${path} leads to something of a workspace: say here to what`)
  return path.replace('{id}', theirs.ids[place] ?? '')
}

function name({ method, path }: Operation): string {
  return `${method} ${path}`
}

async function strangers(): Promise<string[]> {
  return [await newOwner(['*']), (await newPerson()).accessToken]
}

describe('every operation of the OpenAPI document', () => {
  it('is there to be walked', () => {
    expect(all.length).toBeGreaterThanOrEqual(23)
    expect(all.filter(({ path }) => path.includes('{'))).not.toHaveLength(0)
  })

  it('that is not open to all wants a key or token', async () => {
    const wanting = all.filter(({ isOpen }) => !isOpen)
    for (const operation of wanting) {
      const path = operation.path.replace('{id}', NO_ID)
      expect(await refusal(await perform(operation, path)), name(operation)).toEqual([401, 'unauthorized'])
      expect(await refusal(await perform(operation, path, 'lps_0')), name(operation)).toEqual([401, 'unauthorized'])
    }
  })

  it('wants a scope', async () => {
    const scopeless = await newOwner([])
    for (const operation of all.filter(({ isOpen, path }) => !isOpen && !OWN_AFFAIRS.includes(path))) {
      const response = await perform(operation, operation.path.replace('{id}', NO_ID), scopeless)
      expect(await refusal(response), name(operation)).toEqual([403, 'insufficient_scope'])
    }
  })

  it('that is more than reading is closed to viewers', async () => {
    const { user, accessToken } = await newPerson()
    await query(`UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, [user.id])
    for (const operation of all.filter(
      ({ isOpen, path, method }) => !isOpen && !OWN_AFFAIRS.includes(path) && method !== 'GET',
    )) {
      const response = await perform(operation, operation.path.replace('{id}', NO_ID), accessToken)
      expect(await refusal(response), name(operation)).toEqual([403, 'insufficient_scope'])
    }
  })

  it("answers a stranger who asks for another's thing as if it were not there, and leaves it alone", async () => {
    const before = await asTheOwner()
    for (const stranger of await strangers()) {
      for (const operation of all.filter(({ path }) => path.includes('{'))) {
        const response = await perform(operation, pathTo(operation), stranger)
        expect(await refusal(response), name(operation)).toEqual([404, 'not_found'])
      }
    }
    expect(await asTheOwner()).toEqual(before)
  })

  it('shows its owner what it hides from strangers', async () => {
    for (const operation of all.filter(({ path, method }) => method === 'GET' && path.includes('{'))) {
      const response = await perform(operation, pathTo(operation), theirs.owner)
      expect(response.status, name(operation)).toBeLessThan(300)
      await response.body?.cancel()
    }
  })

  it("shows a stranger nothing of another's in any list", async () => {
    const secrets = [
      ...Object.values(theirs.ids),
      'Secret crawl',
      'Secret key',
      'Secret channel',
      'secret@example.test',
    ]
    for (const stranger of await strangers()) {
      for (const operation of all.filter(({ path, method }) => method === 'GET' && !path.includes('{'))) {
        const text = await (await perform(operation, operation.path, stranger)).text()
        for (const secret of secrets) expect(text, name(operation)).not.toContain(secret)
      }
    }
  })
})

/** What is to stay as it is: a crawl goes on by itself, so its name and existence only. */
async function asTheOwner(): Promise<unknown[]> {
  const lists = ['/v1/keys', '/v1/members', '/v1/invitations', '/v1/channels', '/v1/deliveries']
  const kept = await Promise.all(lists.map(async (path) => (await authorized(theirs.owner, path)).json()))
  const crawl = await authorized(theirs.owner, `/v1/crawls/${theirs.ids['/v1/crawls/{id}']}`)
  const { id, name: called, status } = await crawl.json<{ id: string; name: string; status: string }>()
  return [kept, id, called, status === 'cancelled']
}

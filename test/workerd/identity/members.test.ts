import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { acceptInvitation } from '../../../src/flows/identity/accept-invitation.ts'
import { readConfig } from '../../../workers/config.ts'
import { platformOf } from '../../../workers/platform.ts'
import { newOwner } from '../owner.ts'
import { query } from './query.ts'
import { PASSWORD, type SignedIn, authorized, newAddress, newEmail, newPerson, post, refusal } from './sign-in.ts'

const OTHER_PASSWORD = 'amber lantern 71 estuary'

interface Member {
  id: string
  email: string
  role: string
}

async function invite(token: string, role: string, email = newEmail()): Promise<{ id: string; token: string }> {
  const response = await authorized(token, '/v1/invitations', 'POST', { email, role })
  expect(response.status, await response.clone().text()).toBe(201)
  return response.json()
}

function accept(token: string, password = PASSWORD): Promise<Response> {
  return post('/v1/invitations/accept', { token, password })
}

async function joined(owner: string, role: string, email = newEmail()): Promise<SignedIn> {
  const response = await accept((await invite(owner, role, email)).token)
  expect(response.status, await response.clone().text()).toBe(200)
  return response.json()
}

async function members(token: string): Promise<Member[]> {
  return (await (await authorized(token, '/v1/members')).json<{ data: Member[] }>()).data
}

async function ownersOf({ workspace }: SignedIn): Promise<number> {
  const owners = `SELECT 1 FROM memberships WHERE workspace_id = $1 AND role = 'owner'`
  return (await query(owners, [workspace.id])).length
}

describe('an invitation', () => {
  it('makes the account of who had none, in the workspace only and in the role', async () => {
    const owner = await newPerson()
    const guest = await joined(owner.accessToken, 'viewer')
    expect(guest.workspace).toEqual({ ...owner.workspace, role: 'viewer' })
    const me = await (await authorized(guest.accessToken, '/v1/me')).json<{ workspaces: unknown[] }>()
    expect(me.workspaces).toHaveLength(1)
    expect(await refusal(await authorized(guest.accessToken, '/v1/members'))).toEqual([403, 'insufficient_scope'])
    expect((await members(owner.accessToken)).map(({ role }) => role)).toEqual(['owner', 'viewer'])
  })

  it('lets in who has an account by its password, which then chooses where to work', async () => {
    const [owner, other] = [await newPerson(), await newPerson()]
    const { token } = await invite(owner.accessToken, 'admin', other.user.email)
    expect(await refusal(await accept(token, OTHER_PASSWORD))).toEqual([401, 'invalid_credentials'])
    expect((await accept(token)).status).toBe(200)
    const login = { email: other.user.email, password: PASSWORD }
    const home = await (await post('/v1/auth/login', login)).json<SignedIn>()
    expect(home.workspace.id).toBe(other.workspace.id)
    const there = await post('/v1/auth/login', { ...login, workspaceId: owner.workspace.id })
    expect((await there.json<SignedIn>()).workspace).toEqual({ ...owner.workspace, role: 'admin' })
    const nowhere = await post('/v1/auth/login', { ...login, workspaceId: crypto.randomUUID() })
    expect(await refusal(nowhere)).toEqual([403, 'no_workspace'])
  })

  it('works once, of 10 simultaneous times', async () => {
    const owner = await newPerson()
    const { token } = await invite(owner.accessToken, 'member')
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await refusal(await accept(token))).toEqual([400, 'invalid_invitation'])
    expect(await members(owner.accessToken)).toHaveLength(2)
  })

  it('is over once revoked, and after 7 days; it is kept as a hash only', async () => {
    const { accessToken, workspace } = await newPerson()
    const [revoked, old] = [await invite(accessToken, 'member'), await invite(accessToken, 'member')]
    const rows = await query('SELECT i::text AS kept FROM invitations i WHERE workspace_id = $1', [workspace.id])
    for (const { token } of [revoked, old]) expect(JSON.stringify(rows)).not.toContain(token)
    expect((await authorized(accessToken, `/v1/invitations/${revoked.id}`, 'DELETE')).status).toBe(204)
    await query('UPDATE invitations SET expires_at = now() WHERE id = $1', [old.id])
    for (const { token } of [revoked, old])
      expect(await refusal(await accept(token))).toEqual([400, 'invalid_invitation'])
    expect(await (await authorized(accessToken, '/v1/invitations')).json()).toEqual({ data: [], nextCursor: null })
  })

  it('is refused for who is a member or invited already', async () => {
    const { accessToken, user } = await newPerson()
    const email = newEmail()
    await invite(accessToken, 'member', email)
    const again = (address: string) => authorized(accessToken, '/v1/invitations', 'POST', { email: address })
    expect(await refusal(await again(email))).toEqual([409, 'already_invited'])
    expect(await refusal(await again(user.email))).toEqual([409, 'already_member'])
  })

  it('is a way in where registration is closed', async () => {
    const owner = await newPerson()
    const { token } = await invite(owner.accessToken, 'member')
    const closed = { ...env, LAPIS_REGISTRATION: 'closed' }
    const from = { address: newAddress(), network: newAddress(), userAgent: null }
    const platform = platformOf(closed, readConfig(closed))
    expect((await acceptInvitation(platform, { token, password: PASSWORD }, from)).workspace.role).toBe('member')
  })
})

describe('roles', () => {
  it('change for tokens that are out already', async () => {
    const owner = await newPerson()
    const guest = await joined(owner.accessToken, 'viewer')
    expect((await authorized(guest.accessToken, '/v1/scrape', 'POST', {})).status).toBe(403)
    const changed = await authorized(owner.accessToken, `/v1/members/${guest.user.id}`, 'PATCH', { role: 'member' })
    expect(await changed.json()).toMatchObject({ id: guest.user.id, role: 'member' })
    expect((await authorized(guest.accessToken, '/v1/scrape', 'POST', {})).status).toBe(400)
  })

  it('of owners are for owners: neither an admin nor a key makes, changes or removes one', async () => {
    const owner = await newPerson()
    const admin = await joined(owner.accessToken, 'admin')
    const made = await authorized(admin.accessToken, '/v1/keys', 'POST', { name: 'All', scopes: ['*'] })
    const { key } = await made.json<{ key: string }>()
    for (const token of [admin.accessToken, key]) {
      const attempts = [
        authorized(token, `/v1/members/${admin.user.id}`, 'PATCH', { role: 'owner' }),
        authorized(token, `/v1/members/${owner.user.id}`, 'PATCH', { role: 'viewer' }),
        authorized(token, `/v1/members/${owner.user.id}`, 'DELETE'),
        authorized(token, '/v1/invitations', 'POST', { email: newEmail(), role: 'owner' }),
      ]
      for (const attempt of attempts) expect(await refusal(await attempt)).toEqual([403, 'owner_needed'])
    }
  })

  it('begin with the first owner, whom the key of a new installation invites', async () => {
    const key = await newOwner()
    const first = await joined(key, 'owner')
    expect(first.workspace.role).toBe('owner')
    const second = await authorized(key, '/v1/invitations', 'POST', { email: newEmail(), role: 'owner' })
    expect(await refusal(second)).toEqual([403, 'owner_needed'])
  })
})

describe('the last owner', () => {
  it('can neither leave nor be less', async () => {
    const owner = await newPerson()
    await joined(owner.accessToken, 'admin')
    const path = `/v1/members/${owner.user.id}`
    expect(await refusal(await authorized(owner.accessToken, path, 'DELETE'))).toEqual([409, 'last_owner'])
    const less = await authorized(owner.accessToken, path, 'PATCH', { role: 'admin' })
    expect(await refusal(less)).toEqual([409, 'last_owner'])
    expect(await ownersOf(owner)).toBe(1)
  })

  it('stays when all owners leave or remove one another at the same time', async () => {
    const first = await newPerson()
    const owners = [first, await joined(first.accessToken, 'owner'), await joined(first.accessToken, 'owner')]
    const next = (i: number) => owners[(i + 1) % owners.length]?.user.id
    const answers = await Promise.all(
      owners.flatMap((owner, i) => [
        authorized(owner.accessToken, `/v1/members/${owner.user.id}`, 'DELETE'),
        authorized(owner.accessToken, `/v1/members/${next(i)}`, 'DELETE'),
        authorized(owner.accessToken, `/v1/members/${next(i)}`, 'PATCH', { role: 'member' }),
      ]),
    )
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(await ownersOf(first)).toBe(1)
  })
})

describe('who is removed', () => {
  it('is signed out of the workspace at once, and of no other', async () => {
    const owner = await newPerson()
    const other = await newPerson()
    const there = await joined(owner.accessToken, 'member', other.user.email)
    expect((await authorized(there.accessToken, '/v1/crawls')).status).toBe(200)
    expect((await authorized(owner.accessToken, `/v1/members/${other.user.id}`, 'DELETE')).status).toBe(204)
    expect(await refusal(await authorized(there.accessToken, '/v1/crawls'))).toEqual([401, 'unauthorized'])
    const { refreshToken } = there
    expect(await refusal(await post('/v1/auth/refresh', { refreshToken }))).toEqual([401, 'invalid_refresh_token'])
    expect((await authorized(other.accessToken, '/v1/crawls')).status).toBe(200)
  })

  it('or leaves, and belongs nowhere, gets a workspace of their own at the next login', async () => {
    const owner = await newPerson()
    const guest = await joined(owner.accessToken, 'viewer')
    expect((await authorized(guest.accessToken, `/v1/members/${guest.user.id}`, 'DELETE')).status).toBe(204)
    const login = await post('/v1/auth/login', { email: guest.user.email, password: PASSWORD })
    const { workspace } = await login.json<SignedIn>()
    expect(workspace.role).toBe('owner')
    expect(workspace.id).not.toBe(owner.workspace.id)
  })
})

it('the audit log tells of members and invitations', async () => {
  const owner = await newPerson()
  const guest = await joined(owner.accessToken, 'member')
  const path = `/v1/members/${guest.user.id}`
  await authorized(owner.accessToken, path, 'PATCH', { role: 'viewer' })
  await authorized(owner.accessToken, path, 'DELETE')
  const { data } = await (
    await authorized(owner.accessToken, '/v1/audit-events?limit=5')
  ).json<{ data: { action: string; actor: { id: string }; target: { name: string | null } }[] }>()
  expect(data.map(({ action, actor, target }) => [action, actor.id, target.name])).toEqual([
    ['member.removed', owner.user.id, guest.user.email],
    ['member.role_changed', owner.user.id, guest.user.email],
    ['session.opened', guest.user.id, null],
    ['invitation.accepted', guest.user.id, null],
    ['invitation.created', owner.user.id, null],
  ])
})

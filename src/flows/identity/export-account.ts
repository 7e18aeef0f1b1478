import type { AccountExport } from '../../contracts/api/account.ts'
import type { Channel } from '../../contracts/api/channel.ts'
import type { Crawl } from '../../contracts/api/crawl.ts'
import type { ApiKey } from '../../contracts/api/key.ts'
import type { Monitor } from '../../contracts/api/monitor.ts'
import { findPersonalRecord } from '../../storage/postgres/accounts.ts'
import { type Membership, listMemberships } from '../../storage/postgres/users.ts'
import { showCrawls } from '../crawl/manage-crawls.ts'
import { showChannels } from '../delivery/manage-channels.ts'
import { showMonitors } from '../monitor/manage-monitors.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOf, deedsOf, note } from './audit.ts'
import { type Caller, personOf } from './authenticate.ts'
import { showKeys } from './manage-keys.ts'

const AT_A_TIME = 1_000

/** Everything that is kept of a person, but for the password, which is kept as a hash only. */
export async function exportAccount(platform: Platform, caller: Caller): Promise<AccountExport> {
  const { userId } = personOf(caller)
  const db = await platform.database()
  const record = await findPersonalRecord(db, userId)
  if (!record) throw new Refusal(401, 'unauthorized', 'This account is no more.')
  await note(platform, deedOf(caller, 'account.exported', { kind: 'person', id: userId }))
  const workspaces: AccountExport['workspaces'] = []
  for (const membership of await listMemberships(db, userId)) workspaces.push(await workspaceOf(platform, membership))
  const { user, sessions, addresses, invitations } = record
  return {
    exportedAt: platform.now().toISOString(),
    user: { ...user, createdAt: user.createdAt.toISOString() },
    workspaces,
    sessions: sessions.map((session) => ({
      ...session,
      createdAt: session.createdAt.toISOString(),
      endedAt: session.endedAt?.toISOString() ?? null,
    })),
    knownAddresses: addresses.map(({ seenAt }) => ({ seenAt: seenAt.toISOString() })),
    invitations: invitations.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
    auditEvents: await deedsOf(db, userId),
  }
}

/** What others own is theirs to export. */
async function workspaceOf(platform: Platform, membership: Membership): Promise<AccountExport['workspaces'][number]> {
  if (membership.role !== 'owner') return { ...membership, keys: [], crawls: [], monitors: [], channels: [] }
  const { id } = membership
  const keys = await whole<ApiKey>(async (page) => {
    const list = await showKeys(platform, id, page)
    return { items: list.keys, more: list.more }
  })
  const crawls = await whole<Crawl>(async (page) => {
    const list = await showCrawls(platform, id, page)
    return { items: list.crawls, more: list.more }
  })
  const monitors = await whole<Monitor>((page) => showMonitors(platform, id, page))
  const channels = await whole<Channel>(async (page) => {
    const list = await showChannels(platform, id, page)
    return { items: list.channels, more: list.more }
  })
  return { ...membership, keys, crawls, monitors, channels }
}

type Read<Item> = (page: { before?: string; limit: number }) => Promise<{ items: Item[]; more: boolean }>

/** A list to its end. */
async function whole<Item extends { id: string }>(read: Read<Item>): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const last = all.at(-1)
    const { items, more } = await read({ ...(last && { before: last.id }), limit: AT_A_TIME })
    all.push(...items)
    if (!more) return all
  }
}

import { deleteCapturesOf } from '../../storage/archive/captures.ts'
import { closeWorkspace, deleteEmptyWorkspace, deletePerson, soleWorkspaces } from '../../storage/postgres/accounts.ts'
import { blurEvents } from '../../storage/postgres/audit-events.ts'
import { listCrawls } from '../../storage/postgres/crawls.ts'
import { inTransaction } from '../../storage/postgres/database.ts'
import { lockWorkspace } from '../../storage/postgres/members.ts'
import { listMemberships } from '../../storage/postgres/users.ts'
import { deleteCrawl } from '../crawl/manage-crawls.ts'
import { deleteAllMonitors } from '../monitor/manage-monitors.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { deedOfPerson, recorded } from './audit.ts'
import { type Caller, forgetPerson, forgetWorkspace, personOf } from './authenticate.ts'

const CRAWLS_AT_A_TIME = 100

/**
 * Erases a person, and the workspaces that nobody else owns. Their audit events stay under their id, which then leads to
 * nobody. Cut short, it has left the person there to ask for it again.
 */
export async function eraseAccount(platform: Platform, caller: Caller): Promise<void> {
  const { userId } = personOf(caller)
  const db = await platform.database()
  // Another owner who leaves meanwhile makes one more workspace theirs alone.
  do {
    for (const id of await soleWorkspaces(db, userId)) await eraseWorkspace(platform, id, userId)
  } while (!(await erasePerson(platform, caller, userId)))
}

async function eraseWorkspace(platform: Platform, id: string, ownerId: string): Promise<void> {
  const isTheirs = await inTransaction(await platform.database(), async (tx) => {
    await lockWorkspace(tx, id)
    if (!(await soleWorkspaces(tx, ownerId)).includes(id)) return false
    await closeWorkspace(tx, id, ownerId)
    return true
  })
  if (!isTheirs) return
  forgetWorkspace(id)
  // Who was let in seconds ago may still start a crawl or a monitor: until none is left.
  do {
    await deleteAllMonitors(platform, id)
    await deleteCrawls(platform, id)
    await deleteCapturesOf(platform.archive, id)
  } while (!(await erased(platform, id)))
  // What a scrape kept meanwhile; what it keeps from here on, it deletes.
  await deleteCapturesOf(platform.archive, id)
}

async function deleteCrawls(platform: Platform, workspaceId: string): Promise<void> {
  const db = await platform.database()
  for (;;) {
    const rows = await listCrawls(db, workspaceId, { limit: CRAWLS_AT_A_TIME })
    if (rows.length === 0) return
    for (const { id } of rows) await deleteCrawl(platform, workspaceId, id)
  }
}

/** False while something is in it. */
async function erased(platform: Platform, id: string): Promise<boolean> {
  return inTransaction(await platform.database(), async (tx) => {
    // From here on no crawl can be added: its foreign key would wait for this lock.
    await lockWorkspace(tx, id)
    if (!(await deleteEmptyWorkspace(tx, id))) return false
    await blurEvents(tx, { workspaceId: id })
    return true
  })
}

/** False when a workspace would be left without an owner. */
async function erasePerson(platform: Platform, { from }: Caller, userId: string): Promise<boolean> {
  const db = await platform.database()
  const memberships = await listMemberships(db, userId)
  const places = memberships.map(({ id }) => id).toSorted()
  const deed = { action: 'account.erased', target: { kind: 'person', id: userId } } as const
  const traceless = { ...from, address: null, userAgent: null }
  const events = places.map((id) => deedOfPerson(userId, id, deed, traceless))
  const isGone = await recorded(db, events, async (tx) => {
    for (const id of places) await lockWorkspace(tx, id)
    if ((await soleWorkspaces(tx, userId)).length > 0) return false
    await blurEvents(tx, { actorId: userId })
    if (!(await deletePerson(tx, userId))) throw new Refusal(401, 'unauthorized', 'This account is no more.')
    return true
  })
  if (isGone) forgetPerson(userId)
  return isGone
}

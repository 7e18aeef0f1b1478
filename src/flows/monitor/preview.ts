import type { CreateMonitor } from '../../contracts/api/monitor.ts'
import type { Preview, PreviewMonitor } from '../../contracts/api/monitor-change.ts'
import type { Reading } from '../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'
import { decide } from '../../domain/monitor/verdict/decide.ts'
import type { Decision } from '../../domain/monitor/verdict/decision.ts'
import type { Memory } from '../../domain/monitor/verdict/memory.ts'
import { findSnapshots, listSnapshots } from '../../storage/postgres/monitor-history.ts'
import type { SnapshotRow } from '../../storage/postgres/monitor-tables.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound, refuseFaults } from '../problem.ts'
import { readSnapshot } from './compare-snapshots.ts'
import { fetchTarget } from './fetch-target.ts'
import { monitorRow } from './manage-monitors.ts'
import { acceptableUrl } from '../acceptable-url.ts'
import { monitorFaults, refuseUnusableOptions } from './monitor-order.ts'
import { withOneRender } from './one-render.ts'
import { readSafely } from './read-safely.ts'
import { settingsInForce } from './settings-in-force.ts'

const REPLAYED_UNLESS_NAMED = 10

interface Replay {
  memory: Memory | null
  said: Preview['replay']
}

/** What a monitor would say if it were saved: of stored snapshots, oldest first, and then of the page as it is. Tells nobody. */
export async function previewMonitor(
  platform: Platform,
  workspaceId: string,
  request: PreviewMonitor,
): Promise<Preview> {
  const tried = triedOut(platform, request)
  const watched = { workspaceId, tags: [], options: { ...tried, channels: [] } }
  const { rules } = await settingsInForce(platform, watched)
  const replay = await replayed(platform, workspaceId, request.against, rules)
  const reading = await liveReading(platform, tried, rules)
  const decision = decide({ rules, memory: replay.memory, reading, at: platform.now().getTime() })
  return { live: { ...saidBy(decision), ...shownOf(reading) }, replay: replay.said }
}

/** As the monitor that it would be saved as: what would be refused then is refused now. */
function triedOut(platform: Platform, { against: _replayed, ...request }: PreviewMonitor): CreateMonitor {
  const unsaid = { name: request.url, schedule: { every: '1h' }, channels: [], tags: [], enabled: false }
  const order = withOneRender({ ...request, ...unsaid })
  refuseFaults(monitorFaults(platform, order))
  refuseUnusableOptions(order)
  return order
}

async function liveReading(platform: Platform, request: CreateMonitor, rules: MonitorRules): Promise<Reading> {
  const url = await acceptableUrl(platform, request.url)
  const options = { ...request, url }
  const nothing = { id: '', sealed: null, memory: null, etag: null, lastModified: null }
  const answer = await fetchTarget(platform, { ...nothing, url, options })
  switch (answer.kind) {
    case 'page':
      return readSafely(answer.fetched, rules)
    case 'unavailable':
      return answer.reading
    case 'later':
    case 'not-modified':
      throw new Refusal(422, 'timeout', 'The site has no turn for a preview just now; try again later.')
  }
}

async function replayed(
  platform: Platform,
  workspaceId: string,
  against: PreviewMonitor['against'],
  rules: MonitorRules,
): Promise<Replay> {
  const replay: Replay = { memory: null, said: [] }
  if (!against) return replay
  for (const snapshot of await chosenSnapshots(platform, workspaceId, against)) {
    const reading = await readSnapshot(platform, snapshot, rules)
    const decision = decide({ rules, memory: replay.memory, reading, at: snapshot.at.getTime() })
    replay.memory = decision.memory
    replay.said.push({ snapshotId: snapshot.id, at: snapshot.at.toISOString(), ...saidBy(decision) })
  }
  return replay
}

async function chosenSnapshots(
  platform: Platform,
  workspaceId: string,
  { monitorId, snapshots }: NonNullable<PreviewMonitor['against']>,
): Promise<SnapshotRow[]> {
  const { id } = await monitorRow(platform, workspaceId, monitorId)
  const db = await platform.database()
  if (!snapshots) return (await listSnapshots(db, id, { limit: REPLAYED_UNLESS_NAMED })).toReversed()
  const found = new Map((await findSnapshots(db, id, snapshots)).map((row) => [row.id, row]))
  if (snapshots.some((each) => !found.has(each))) throw notFound('snapshot')
  return [...found.values()].toSorted((one, other) => one.at.getTime() - other.at.getTime())
}

function saidBy({ verdict, reason, reasons, change }: Decision) {
  return {
    verdict,
    reason,
    reasons: reasons.map(({ code, detail }) => ({ code, detail })),
    change: change ? { ...change } : null,
  }
}

function shownOf(reading: Reading) {
  if (reading.fetch !== 'ok') return { fetch: reading.fetch, blocks: [], masked: [], fields: {}, price: null }
  const { fetch, blocks, masked, fields, price } = reading
  return {
    fetch,
    blocks: [...blocks],
    masked: masked.map((each) => ({ ...each })),
    fields: { ...fields },
    price: price && { ...price },
  }
}

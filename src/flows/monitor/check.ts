import type { Reading } from '../../domain/monitor/reading/reading.ts'
import { NOT_MODIFIED } from '../../domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'
import { decide } from '../../domain/monitor/verdict/decide.ts'
import { bodyObject, deleteBodies, putBody } from '../../storage/archive/monitor-bodies.ts'
import { commitCheck } from '../../storage/postgres/checks.ts'
import { type MonitorClaim, beginCheck, postponeCheck, releaseCheck } from '../../storage/postgres/monitor-claims.ts'
import { pruneSnapshots } from '../../storage/postgres/monitor-history.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import { sendSoon } from '../delivery/send-soon.ts'
import type { Platform } from '../platform.ts'
import { type Finding, recordOf } from './check-record.ts'
import { claimTerms, wakeSoon } from './claim.ts'
import { type Answer, fetchTarget, isSameBody } from './fetch-target.ts'
import { readSafely } from './read-safely.ts'
import { settingsInForce } from './settings-in-force.ts'
import { checkSite } from './site/check-site.ts'

/** Makes one check that was claimed. A message that comes again, late, or after an edit finds nothing to do. */
export async function check(platform: Platform, claim: MonitorClaim): Promise<void> {
  const db = await platform.database()
  const monitor = await beginCheck(db, claim, claimTerms(platform))
  if (!monitor) return
  try {
    await (monitor.options.target === 'site' ? checkSite : look)(platform, claim, monitor)
  } catch (error) {
    // Ours, not the site's: the message comes again and finds the check not begun.
    await releaseCheck(db, claim)
    throw error
  }
}

async function look(platform: Platform, claim: MonitorClaim, monitor: MonitorRow): Promise<void> {
  const answer = await fetchTarget(platform, monitor)
  if (answer.kind === 'later') {
    const turn = { at: answer.startAt, why: 'waiting for a turn on the site' }
    return postponeCheck(await platform.database(), claim, turn)
  }
  const { rules, price, ...to } = await settingsInForce(platform, monitor)
  const reading = await readingOf(monitor, answer, rules)
  const now = platform.now()
  const decision = decide({ rules, memory: monitor.memory, reading, at: now.getTime() })
  await keep(platform, claim, { monitor, answer, reading, decision, to, price, now, clockSpeed: platform.clockSpeed })
}

async function readingOf(
  monitor: MonitorRow,
  answer: Exclude<Answer, { kind: 'later' }>,
  rules: MonitorRules,
): Promise<Reading> {
  if (answer.kind === 'unavailable') return answer.reading
  if (answer.kind === 'not-modified' || isSameBody(monitor, answer)) return NOT_MODIFIED
  return readSafely(answer.fetched, rules)
}

/** Bytes first, then everything else at once; whoever is killed in between leaves an object that nothing names. */
async function keep(platform: Platform, claim: MonitorClaim, finding: Finding): Promise<void> {
  const db = await platform.database()
  const object = bodyObject(claim.monitorId, claim.claimId)
  const record = recordOf(finding, { checkId: claim.claimId, object })
  if (record.snapshot && finding.answer.kind === 'page')
    await putBody(platform.archive, object, finding.answer.fetched.body)
  const deliveries = await commitCheck(db, claim, record)
  if (!deliveries) return record.snapshot && deleteBodies(platform.archive, [object])
  await sendSoon(platform, deliveries)
  await wakeSoon(platform, claim.monitorId, record.monitor.nextCheckAt ?? null)
  if (record.snapshot) {
    const { historyLimit } = finding.monitor.options
    await deleteBodies(platform.archive, await pruneSnapshots(db, claim.monitorId, historyLimit))
  }
}

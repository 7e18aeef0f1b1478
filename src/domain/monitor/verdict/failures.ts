import type { FailedReading } from '../reading/reading.ts'
import type { MonitorRules } from '../rules.ts'
import type { AlertKind, Decision } from './decision.ts'
import type { Memory } from './memory.ts'

const ALERT_AFTER_FAILURES = 3
const REMIND_AFTER_MS = 24 * 60 * 60 * 1_000

/**
 * A page that could not be read says nothing of its content: only the count of failures changes. Told exactly once, at
 * the failure that makes the number full, and again after every time of reminding.
 */
export function onFailure(memory: Memory, rules: MonitorRules, reading: FailedReading, at: number): Decision {
  const count = memory.failures.count + 1
  const alert = failureAlert({ ...memory.failures, count }, rules, at)
  return {
    verdict: 'failed',
    reason: reading.code,
    reasons: reading.reasons,
    memory: {
      ...memory,
      failures: { count, code: reading.code, toldAt: alert === undefined ? memory.failures.toldAt : at },
    },
    alerts: alert === undefined ? [] : [alert],
    suggestedMasks: [],
  }
}

function failureAlert({ count, toldAt }: Memory['failures'], rules: MonitorRules, at: number): AlertKind | undefined {
  if (toldAt === null) return count >= (rules.alertAfterFailures ?? ALERT_AFTER_FAILURES) ? 'failing' : undefined
  return at - toldAt >= (rules.remindAfterMs ?? REMIND_AFTER_MS) ? 'reminder' : undefined
}

/** Whatever else a check has found: that it has found anything ends the failures, and whoever was told of them is told so. */
export function onSuccess(decision: Decision): Decision {
  const { failures } = decision.memory
  if (failures.count === 0) return decision
  const hasRecovered = failures.toldAt !== null
  const recovery = { code: 'recovered', detail: `Reached again after ${failures.count} failed checks.` }
  return {
    ...decision,
    reasons: [...decision.reasons, recovery],
    alerts: hasRecovered ? ['recovered', ...decision.alerts] : decision.alerts,
    memory: { ...decision.memory, failures: { count: 0, code: null, toldAt: null } },
  }
}

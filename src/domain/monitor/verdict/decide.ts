import { canonicalJson } from '../canonical-json.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Reading } from '../reading/reading.ts'
import type { MonitorRules } from '../rules.ts'
import type { Decision } from './decision.ts'
import { onFailure, onSuccess } from './failures.ts'
import { type Memory, FIRST_MEMORY } from './memory.ts'
import { compareWithMemory } from './compare.ts'

/** One check, as the state machine sees it. `at` is the moment of the fetch, in milliseconds since 1970. */
export interface Check {
  rules: MonitorRules
  /** What the former decision returned; null before the first check. */
  memory: Memory | null
  reading: Reading
  at: number
}

/** Decides about one check. Pure and total: the same check gives the same decision, and nothing throws. */
export function decide(check: Check): Decision {
  const { reading } = check
  const memory = remembered(check)
  if (reading.fetch === 'ok') return onSuccess(compareWithMemory(memory, check.rules, reading, check.at))
  if (reading.fetch !== 'not_modified') return onFailure(memory, check.rules, reading, check.at)
  const { reasons } = reading
  return onSuccess({
    verdict: 'not_modified',
    reason: 'not_modified',
    reasons,
    memory,
    alerts: [],
    suggestedMasks: [],
  })
}

/** Under other rules the page is another: what was seen of it is forgotten, whether it could be reached is not. */
function remembered({ rules, memory }: Check): Memory {
  const ruled = fingerprint(canonicalJson(rules))
  if (memory === null) return { ...FIRST_MEMORY, rules: ruled }
  if (memory.rules === ruled) return memory
  return { ...FIRST_MEMORY, rules: ruled, failures: memory.failures }
}

import { diffBlocks } from '../diff/diff-blocks.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Reading } from '../reading/reading.ts'
import type { MonitorRules } from '../rules.ts'
import { conditionsHold } from './conditions.ts'
import type { Change, Decision } from './decision.ts'
import type { Memory } from './memory.ts'
import { fieldChanges, fieldValues } from './field-changes.ts'
import { judge, type Judgement } from './judge.ts'
import { comparePrice } from './price.ts'
import { withVolatility } from './volatility.ts'

export type PageReading = Extract<Reading, { fetch: 'ok' }>

/** States that are known: enough for any rotation of banners, little enough for one column. */
const MOST_KNOWN_STATES = 50

/** Everything that the judgement looks at. */
export interface Comparison {
  memory: Memory
  rules: MonitorRules
  reading: PageReading
  at: number
  state: string
  conditions: { hold: boolean; heldBefore: boolean; wanted: boolean }
  change: Change
  priceTold: readonly string[]
}

/** Compares a page that could be read with what is remembered of it. */
export function compareWithMemory(memory: Memory, rules: MonitorRules, reading: PageReading, at: number): Decision {
  const state = stateOf(reading)
  const hold = conditionsHold(rules.trigger, reading)
  const seen = withVolatility({ ...memory, conditionsMet: hold, latest: state }, reading)
  if (memory.baseline === null) return firstLook(seen.memory, reading, state, at)
  const price = comparePrice(memory.price, reading.price, rules.price)
  const remembered = { ...seen.memory, price: price.memory }
  const change = changeSince(memory, reading)
  const conditions = { hold, heldBefore: memory.conditionsMet, wanted: hasConditions(rules) }
  const judgement = judge({ memory, rules, reading, at, state, conditions, change, priceTold: price.told })
  return { ...settled(remembered, judgement, reading, state, at), suggestedMasks: seen.suggested }
}

function firstLook(memory: Memory, reading: PageReading, state: string, at: number): Decision {
  const detail = 'The first look at the page under these rules: later ones are compared with it.'
  const { price } = reading
  return {
    verdict: 'baseline',
    reason: 'baseline',
    reasons: [{ code: 'baseline', detail }, ...reading.reasons],
    memory: { ...accepted(memory, reading, state, at), price: comparePrice(null, price, undefined).memory },
    alerts: [],
    suggestedMasks: [],
  }
}

function hasConditions({ trigger = {} }: MonitorRules): boolean {
  return trigger.contains !== undefined || trigger.notContains !== undefined || (trigger.conditions ?? []).length > 0
}

function stateOf({ blocks, fields }: PageReading): string {
  const texts = blocks.map(({ text }) => text).join('\n')
  return fingerprint(`${texts}\n${JSON.stringify(fieldValues(fields))}`)
}

/** Since the page was last told of; where it is the same as then, since alerts began to be held back. */
function changeSince({ baseline, heldBack }: Memory, reading: PageReading): Change {
  const fields = baseline ? fieldChanges(baseline.fields, reading.fields) : []
  const sinceTold = diffBlocks(baseline?.blocks ?? [], reading.blocks)
  const isSame = sinceTold.blocks.length === 0 && heldBack !== null
  return { ...(isSame ? diffBlocks(heldBack, reading.blocks) : sinceTold), fields }
}

function accepted(memory: Memory, reading: PageReading, state: string, at: number): Memory {
  const known = memory.knownStates.filter((each) => each !== state)
  return {
    ...memory,
    baseline: { blocks: reading.blocks, fields: fieldValues(reading.fields), at },
    heldBack: null,
    pending: null,
    knownStates: [...known, state].slice(-MOST_KNOWN_STATES),
  }
}

function settled(
  memory: Memory,
  judgement: Judgement,
  reading: PageReading,
  state: string,
  at: number,
): Omit<Decision, 'suggestedMasks'> {
  const { verdict, reasons, change, adopts, pending, heldBack, recheckAfterMs } = judgement
  const base = adopts ? accepted(memory, reading, state, at) : memory
  return {
    verdict,
    reason: reasons[0]?.code ?? verdict,
    reasons: [...reasons, ...reading.reasons],
    memory: { ...base, pending: adopts ? null : pending, heldBack: adopts ? null : heldBack },
    alerts: verdict === 'changed' ? ['changed'] : [],
    ...(change && { change }),
    ...(recheckAfterMs !== undefined && { recheckAfterMs }),
  }
}

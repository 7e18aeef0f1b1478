import { diffBlocks } from '../diff/diff-blocks.ts'
import { fingerprintOfAll } from '../fingerprint.ts'
import type { Reading } from '../reading/reading.ts'
import type { MonitorRules } from '../rules.ts'
import { conditionsHold, hasConditions } from './conditions.ts'
import type { Change, Decision, FieldChange } from './decision.ts'
import type { Memory } from './memory.ts'
import { fieldChanges, fieldValues } from './field-changes.ts'
import { judge, type Judgement } from './judge.ts'
import { comparePrice } from './price.ts'
import { withFlips } from './flapping.ts'
import { withSeenTexts } from './seen-texts.ts'
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
  isFlapping: boolean
}

/** Compares a page that could be read with what is remembered of it. */
export function compareWithMemory(memory: Memory, rules: MonitorRules, reading: PageReading, at: number): Decision {
  const state = stateOf(reading)
  const hold = conditionsHold(rules.trigger, reading)
  const noted = withSeenTexts(withFlips(memory, state, rules.trigger?.flap), rules, reading)
  const seen = withVolatility({ ...noted, conditionsMet: hold, latest: state }, reading, memory.latest === state)
  if (memory.baseline === null) return firstLook(seen.memory, rules, reading, at)
  const price = comparePrice(memory.price, reading.price, rules.price)
  const change = withPrice(changeSince(memory, reading, state), memory, reading, price.told)
  const conditions = { hold, heldBefore: memory.conditionsMet, wanted: hasConditions(rules.trigger ?? {}) }
  const judgement = judge({
    memory,
    rules,
    reading,
    at,
    state,
    conditions,
    change,
    priceTold: price.told,
    isFlapping: noted.flapping,
  })
  // What is not told yet is measured from the same price again, until it is.
  const isUntold = price.told.length > 0 && judgement.verdict !== 'changed'
  const conditionsMet = judgement.pending === null ? hold : memory.conditionsMet
  const remembered = { ...seen.memory, conditionsMet, price: isUntold ? memory.price : price.memory }
  return { ...settled(remembered, judgement, reading, state, at), suggestedMasks: seen.suggested }
}

function firstLook(memory: Memory, rules: MonitorRules, reading: PageReading, at: number): Decision {
  const detail = 'The first look at the page under these rules: later ones are compared with it.'
  const { price } = reading
  return {
    verdict: 'baseline',
    reason: 'baseline',
    reasons: [{ code: 'baseline', detail }, ...reading.reasons],
    memory: {
      ...accepted(memory, reading, stateOf(reading), at),
      price: comparePrice(null, price, rules.price).memory,
    },
    alerts: [],
    suggestedMasks: [],
  }
}

function stateOf({ blocks, fields }: PageReading): string {
  return fingerprintOfAll([...blocks.map(({ text }) => text), JSON.stringify(fieldValues(fields))])
}

const NO_CHANGE: Change = { blocks: [], fields: [], summary: { added: 0, removed: 0, moved: 0, changedRatio: 0 } }

/** Since the page was last told of; where it is the same as then, since alerts began to be held back. */
function changeSince({ baseline, heldBack }: Memory, reading: PageReading, state: string): Change {
  if (baseline?.state === state && heldBack === null) return NO_CHANGE
  const fields = baseline ? fieldChanges(baseline.fields, reading.fields) : []
  const sinceTold = diffBlocks(baseline?.blocks ?? [], reading.blocks)
  const isSame = sinceTold.blocks.length === 0 && heldBack !== null
  return { ...(isSame ? diffBlocks(heldBack, reading.blocks) : sinceTold), fields }
}

/** A price may stand in the markup alone, where no block shows it. */
function withPrice(change: Change, { price }: Memory, reading: PageReading, told: readonly string[]): Change {
  if (told.length === 0 || !price || !reading.price) return change
  const { amount, stock } = reading.price
  const values: FieldChange[] = [
    { name: 'price', before: price.told, after: amount },
    { name: 'stock', before: price.stock, after: stock },
  ]
  return { ...change, fields: [...change.fields, ...values.filter(({ before, after }) => before !== after)] }
}

function accepted(memory: Memory, reading: PageReading, state: string, at: number): Memory {
  const known = memory.knownStates.filter((each) => each !== state)
  return {
    ...memory,
    baseline: { blocks: reading.blocks, fields: fieldValues(reading.fields), state, at },
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

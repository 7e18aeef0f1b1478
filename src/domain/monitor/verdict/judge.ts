import { counted } from '../../counted.ts'
import type { Reason } from '../block.ts'
import type { BlockChange } from '../diff/change.ts'
import { fingerprint } from '../fingerprint.ts'
import type { Comparison } from './compare.ts'
import type { Change, Verdict } from './decision.ts'
import type { Memory } from './memory.ts'

/** What is made of a comparison, before it is written into the memory. */
export interface Judgement {
  verdict: Exclude<Verdict, 'baseline' | 'not_modified' | 'failed'>
  /** The deciding one first. */
  reasons: readonly Reason[]
  change?: Change
  /** The page as it is now is what the next change is measured from. */
  adopts: boolean
  pending: Memory['pending']
  heldBack: Memory['heldBack']
  recheckAfterMs?: number
}

/**
 * In this order: is there anything new, do the conditions let it be told, is it of the wanted kind and size, was the
 * state told before, was the change confirmed. A watched field, a price and the edge of a condition override size and
 * known states; nothing is ever told with an empty difference.
 */
export function judge(comparison: Comparison): Judgement {
  const { memory, conditions, change, priceTold } = comparison
  const wanted = ofWantedKinds(change, comparison)
  const isEdge = conditions.wanted && conditions.hold && !conditions.heldBefore
  const overriding = change.fields.length > 0 || priceTold.length > 0 || isEdge
  if (isEmpty(change) && priceTold.length === 0) return nothingNew(comparison)
  if (!conditions.hold) return heldBack(comparison)
  const isLull = memory.flapping && !comparison.isFlapping
  const isSeen = memory.latest === comparison.state && memory.pending === null && !isLull
  if (isSeen && !overriding) return stillSuppressed(comparison)
  const doubt = overriding ? undefined : doubtAbout(wanted, comparison)
  if (doubt) return { ...kept(memory), verdict: 'suppressed', reasons: [doubt.reason], change, adopts: doubt.adopts }
  return confirmed(comparison, isEdge)
}

function kept({ pending, heldBack }: Memory) {
  return { pending, heldBack }
}

function isEmpty({ blocks, fields }: Change): boolean {
  return blocks.length === 0 && fields.length === 0
}

function nothingNew({ memory, state }: Comparison): Judgement {
  const isMoved = memory.latest !== state
  if (memory.pending !== null) {
    const detail = 'What had changed was gone when looked at again.'
    const reasons = [{ code: 'reverted_on_confirmation', detail }]
    return { verdict: 'suppressed', reasons, adopts: false, pending: null, heldBack: memory.heldBack }
  }
  const detail = isMoved ? 'The page is again as it was last told.' : 'The page is as it was.'
  return { ...kept(memory), verdict: 'unchanged', reasons: [{ code: 'unchanged', detail }], adopts: false }
}

/** The page of the moment when conditions began to fail is kept: what they wait for shows against it. */
function heldBack({ memory, reading, change, state }: Comparison): Judgement {
  const isNew = memory.latest !== state
  const reasons = [
    { code: 'conditions_not_met', detail: 'The page has changed; the conditions for telling it do not hold.' },
  ]
  return {
    verdict: isNew ? 'suppressed' : 'unchanged',
    reasons,
    ...(isNew && { change }),
    adopts: false,
    pending: null,
    heldBack: memory.heldBack ?? reading.blocks,
  }
}

function stillSuppressed({ memory }: Comparison): Judgement {
  const detail = 'The page is as it was at the last check, which was not told.'
  return { ...kept(memory), verdict: 'unchanged', reasons: [{ code: 'unchanged', detail }], adopts: false }
}

interface Doubt {
  reason: Reason
  adopts: boolean
}

/** Why a change is not worth telling. What was only moved, or is known, is the new standard; what is small adds up. */
function doubtAbout(wanted: readonly BlockChange[], comparison: Comparison): Doubt | undefined {
  const { memory, rules, state, change } = comparison
  const { trigger = {} } = rules
  if (change.blocks.every(({ kind }) => kind === 'moved')) {
    return { reason: { code: 'moved_only', detail: 'The same blocks stand in another order.' }, adopts: true }
  }
  if (wanted.length === 0) {
    return { reason: { code: 'kind_not_wanted', detail: 'Nothing of the wanted kind has changed.' }, adopts: false }
  }
  if (comparison.isFlapping) {
    return {
      reason: { code: 'flapping', detail: 'The page changes to and fro; told once it is quiet.' },
      adopts: false,
    }
  }
  const small = belowThreshold(change, trigger.threshold)
  if (small !== undefined) return { reason: { code: 'below_threshold', detail: small }, adopts: false }
  if (trigger.knownStates !== false && memory.knownStates.includes(state)) {
    const detail = 'The page is as it was before, which was told then.'
    return { reason: { code: 'known_state', detail }, adopts: true }
  }
  return undefined
}

function belowThreshold(
  { summary }: Change,
  threshold: { changedRatio?: number; changedWords?: number } = {},
): string | undefined {
  const { changedRatio, changedWords } = threshold
  if (changedRatio === undefined && changedWords === undefined) return undefined
  const words = Math.max(summary.added, summary.removed)
  if (changedRatio !== undefined && summary.changedRatio >= changedRatio) return undefined
  if (changedWords !== undefined && words >= changedWords) return undefined
  return `${counted(words, 'word')} (${(summary.changedRatio * 100).toFixed(1)} %): less than what is to be told.`
}

function ofWantedKinds({ blocks }: Change, { rules, memory }: Comparison): readonly BlockChange[] {
  const { only = [], onlyNewText = false } = rules.trigger ?? {}
  const seen = new Set(onlyNewText ? memory.seenTexts : [])
  return blocks.filter((change) => {
    if (change.kind === 'moved' || (only.length > 0 && !only.includes(change.kind))) return false
    if (!onlyNewText) return true
    return change.kind !== 'removed' && !seen.has(fingerprint(change.kind === 'changed' ? change.after : change.text))
  })
}

/** The change stands; where its owner wants it to be seen more than once, it waits for that. */
function confirmed({ memory, rules, at, change, priceTold }: Comparison, isEdge: boolean): Judgement {
  const { confirm } = rules
  const seen = memory.pending === null ? 0 : memory.pending.seen + 1
  if (confirm && seen < confirm.rechecks) {
    const detail = `Told once it is seen ${counted(confirm.rechecks - seen, 'more time')}.`
    return {
      verdict: 'suppressed',
      reasons: [{ code: 'awaiting_confirmation', detail }],
      change,
      adopts: false,
      pending: { since: memory.pending?.since ?? at, seen },
      heldBack: memory.heldBack,
      recheckAfterMs: confirm.afterMs,
    }
  }
  const reasons = tellingReasons(change, priceTold, isEdge)
  return { verdict: 'changed', reasons, change, adopts: true, pending: null, heldBack: null }
}

function tellingReasons({ fields, summary }: Change, priceTold: readonly string[], isEdge: boolean): Reason[] {
  const reasons: Reason[] = priceTold.map((detail) => ({ code: 'price', detail }))
  if (fields.length > 0) {
    reasons.push({ code: 'field_changed', detail: `Changed: ${fields.map(({ name }) => name).join(', ')}.` })
  }
  if (isEdge) reasons.push({ code: 'conditions_met', detail: 'The conditions hold again.' })
  const percent = (summary.changedRatio * 100).toFixed(1)
  const detail = `${counted(summary.added, 'word')} added, ${summary.removed} removed: ${percent} % of the page.`
  return [...reasons, { code: 'content_changed', detail }]
}

import { fingerprint } from '../fingerprint.ts'
import type { Reading } from '../reading/reading.ts'
import type { SuggestedMask } from './decision.ts'
import type { Memory, Volatility } from './memory.ts'
import { shapeOf } from './value-shape.ts'

type PageReading = Extract<Reading, { fetch: 'ok' }>

const LIKELY = 0.8

/** Mean of Beta(changes + ½, checks − changes + ½): how likely the block is to have changed at the next check. */
export function changeLikelihood(changes: number, checks: number): number {
  return (changes + 0.5) / (checks + 1)
}

/** Counts which blocks have changed, and suggests to mask those that nearly always do and look like mere values. */
export function withVolatility(memory: Memory, reading: PageReading): { memory: Memory; suggested: SuggestedMask[] } {
  const { last, changes, checks } = memory.volatility
  const now: Record<string, string> = {}
  const counted: Record<string, number> = {}
  const suggested: SuggestedMask[] = []
  const volatility: Volatility = {
    checks: checks + (Object.keys(last).length > 0 ? 1 : 0),
    last: now,
    changes: counted,
  }
  for (const { key, text } of reading.blocks) {
    now[key] = fingerprint(text)
    const hasChanged = last[key] !== undefined && last[key] !== now[key]
    const count = (changes[key] ?? 0) + (hasChanged ? 1 : 0)
    if (count === 0) continue
    counted[key] = count
    const likelihood = changeLikelihood(count, volatility.checks)
    const shape = likelihood > LIKELY ? shapeOf(text) : undefined
    if (shape) suggested.push({ key, shape, likelihood, example: text })
  }
  return { memory: { ...memory, volatility }, suggested }
}

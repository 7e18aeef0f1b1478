import type { TriggerRules } from '../rules.ts'
import type { Memory } from './memory.ts'

/** Between 21 states there are 20 steps. */
const STEPS = 20

/** How much a page flaps, in percent: steps to another state, the newest weighing 1.25 and the oldest 0.75. */
export function flapPercent(flips: readonly boolean[]): number {
  const steps = flips.slice(-STEPS)
  const missing = STEPS - steps.length
  return steps.reduce(
    (sum, hasFlipped, index) =>
      hasFlipped ? sum + ((0.75 + (0.5 * (missing + index)) / (STEPS - 1)) * 100) / STEPS : sum,
    0,
  )
}

/** Counts the step to `state`. What started to flap is flapping until it falls below the lower bound. */
export function withFlips(memory: Memory, state: string, flap: TriggerRules['flap']): Memory {
  if (memory.latest === null) return memory
  const flips = [...memory.flips, memory.latest !== state].slice(-STEPS)
  if (!flap) return { ...memory, flips }
  const percent = flapPercent(flips)
  return { ...memory, flips, flapping: memory.flapping ? percent >= flap.stop : percent >= flap.start }
}

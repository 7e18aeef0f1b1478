/** How often a page changes, from what its checks have seen. Rates are per the unit in which intervals are given. */

const BISECTIONS = 80

/** The root of a function that falls from above `target` to below it, between two positive bounds. */
function bisect(falling: (x: number) => number, target: number, bounds: { low: number; high: number }): number {
  let { low, high } = bounds
  for (let round = 0; round < BISECTIONS; round++) {
    // Halving the ratio: rates span many orders of magnitude.
    const middle = Math.sqrt(low * high)
    if (falling(middle) > target) low = middle
    else high = middle
  }
  return Math.sqrt(low * high)
}

const RATE_BOUNDS = { low: 1e-9, high: 1e9 }

/** From `checks` at one interval, `changes` of them with a change; bias-reduced (Cho and Garcia-Molina 2003, §4). */
export function rateOfRegular(checks: number, changes: number, interval: number): number {
  return -Math.log((checks - changes + 0.5) / (checks + 0.5)) / interval
}

/** Intervals between checks: those at whose end a change was found, and the sum of the others. */
export interface Observed {
  changed: readonly number[]
  unchangedSum: number
}

/**
 * Maximum likelihood for irregular checks: Σ τ/(e^{λτ}−1) over the changed ones equals Σ τ over the unchanged ones.
 * `pseudo` is one interval added on each side, so that neither "never" nor "always" is ever concluded: half a day.
 */
export function rateOfIrregular({ changed, unchangedSum }: Observed, pseudo: number): number {
  const intervals = [...changed, pseudo]
  const expected = (rate: number): number => intervals.reduce((sum, tau) => sum + tau / Math.expm1(rate * tau), 0)
  return bisect(expected, unchangedSum + pseudo, RATE_BOUNDS)
}

/** The interval after which a change has happened with probability `chance`, within bounds. */
export function intervalFor(rate: number, chance: number, bounds: { min: number; max: number }): number {
  return Math.min(bounds.max, Math.max(bounds.min, -Math.log(1 - chance) / rate))
}

/** A monitor among others that share a budget of checks. */
export interface Claimant {
  importance: number
  changeRate: number
  /** Checks per unit of time that it has whatever the others have, and that it has at most. */
  bounds?: { least: number; most: number }
}

/** Checks per unit of time for each, `budget` in all: what importance and rate of change are worth together. */
export function shareBudget(claimants: readonly Claimant[], budget: number): number[] {
  const price = priceOf(claimants, budget)
  return claimants.map((claimant) => rateAtPrice(claimant, price))
}

/** The price λ of a check at which all of them together make `budget` checks per unit of time. */
export function priceOf(claimants: readonly Claimant[], budget: number): number {
  const total = (price: number): number => claimants.reduce((sum, claimant) => sum + rateAtPrice(claimant, price), 0)
  return bisect(total, budget, RATE_BOUNDS)
}

/** ρ = (−Δ + √(Δ² + 4μΔ/λ)) / 2, within the claimant's bounds. */
export function rateAtPrice({ importance, changeRate, bounds }: Claimant, price: number): number {
  const rate = (-changeRate + Math.sqrt(changeRate ** 2 + (4 * importance * changeRate) / price)) / 2
  return bounds ? Math.min(bounds.most, Math.max(bounds.least, rate)) : rate
}

/** How long a change is unknown on average when a page is checked every `interval`. */
export function expectedDelay(rate: number, interval: number): number {
  // For a change at a random moment within the interval, 1/2 of it when changes are rare.
  const passed = rate * interval
  return passed < 1e-6 ? interval / 2 : interval - 1 / rate + interval / Math.expm1(passed)
}

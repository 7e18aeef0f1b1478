import type { PriceReading } from '../reading/reading.ts'
import type { PriceRule } from '../rules.ts'
import type { PriceMemory } from './memory.ts'

export interface PriceComparison {
  memory: PriceMemory | null
  /** What is to be told, a sentence each. */
  told: string[]
}

/** A price against the one that was last told, so that a slow creep adds up to what is told after all. */
export function comparePrice(
  memory: PriceMemory | null,
  price: PriceReading | null,
  rule: PriceRule | undefined,
): PriceComparison {
  if (price === null) return { memory, told: [] }
  if (memory === null) return { memory: firstMemory(price, rule), told: [] }
  const told = [...stockTold(memory, price, rule), ...amountTold(memory, price, rule)]
  return { memory: nextMemory(memory, price, rule, told.length > 0), told }
}

function firstMemory(price: PriceReading, rule: PriceRule | undefined): PriceMemory {
  return { told: price.amount, stock: price.stock, ...sides(price.amount, rule) }
}

function sides(amount: number | null, rule: PriceRule = {}) {
  return {
    isBelow: amount !== null && rule.below !== undefined && amount <= rule.below,
    isAbove: amount !== null && rule.above !== undefined && amount >= rule.above,
  }
}

function nextMemory(
  memory: PriceMemory,
  price: PriceReading,
  rule: PriceRule | undefined,
  hasTold: boolean,
): PriceMemory {
  const stock = price.stock === 'unknown' ? memory.stock : price.stock
  if (price.amount === null) return { ...memory, stock }
  return { told: hasTold ? price.amount : (memory.told ?? price.amount), stock, ...sides(price.amount, rule) }
}

function stockTold({ stock }: PriceMemory, price: PriceReading, rule: PriceRule = {}): string[] {
  const wanted = rule.stock ?? 'restock'
  if (wanted === 'ignore' || price.stock === 'unknown' || stock === price.stock || stock === 'unknown') return []
  if (price.stock === 'in') return ['Available again.']
  return wanted === 'any' ? ['Sold out.'] : []
}

function amountTold(memory: PriceMemory, { amount }: PriceReading, rule: PriceRule = {}): string[] {
  if (amount === null || memory.told === null) return []
  const now = sides(amount, rule)
  const crossed: string[] = []
  if (now.isBelow && !memory.isBelow) crossed.push(`The price is ${amount}, at or below ${rule.below}.`)
  if (now.isAbove && !memory.isAbove) crossed.push(`The price is ${amount}, at or above ${rule.above}.`)
  const hasBounds = rule.below !== undefined || rule.above !== undefined
  const percent = rule.percent ?? (hasBounds ? undefined : 0)
  if (crossed.length > 0 || percent === undefined || amount === memory.told) return crossed
  const moved = memory.told === 0 ? 100 : (Math.abs(amount - memory.told) / memory.told) * 100
  return moved >= percent ? [`The price was ${memory.told} and is ${amount} (${moved.toFixed(1)} %).`] : []
}

import { Element } from 'domhandler'
import type { Box } from './outline.ts'

/** What repeated items have in common, tag and first class, as a number for each look that a page has. */
export class Looks {
  /** For each box the number of its look. */
  readonly ofBox: Int32Array
  private readonly numbers = new Map<string, number>()
  private readonly counts: number[] = []

  constructor(boxes: readonly Box[]) {
    this.ofBox = Int32Array.from(boxes, (box) => this.note(box))
  }

  of(box: Box): number {
    return this.ofBox[box.id] ?? 0
  }

  /** How many boxes of this look there are. */
  count(box: Box): number {
    return this.counts[this.of(box)] ?? 1
  }

  private note(box: Box): number {
    const look = lookOf(box)
    const number = this.numbers.get(look) ?? this.counts.length
    if (number === this.counts.length) this.numbers.set(look, number)
    this.counts[number] = (this.counts[number] ?? 0) + 1
    return number
  }
}

function lookOf({ name, node }: Box): string {
  const classes = node instanceof Element ? node.attribs['class'] : undefined
  if (classes === undefined) return `${name}.`
  const from = classes.search(/\S/)
  if (from < 0) return `${name}.`
  const length = classes.slice(from).search(/\s/)
  return `${name}.${length < 0 ? classes.slice(from) : classes.slice(from, from + length)}`
}

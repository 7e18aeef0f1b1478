import { Element } from '../tree/nodes.ts'
import type { Box } from './outline.ts'

/** What repeated items have in common, tag and first class, as a number for each look that a page has. */
export class Looks {
  /** For each box the number of its look. */
  readonly ofBox: Int32Array
  /** By tag, then by class. */
  private readonly numbers = new Map<string, Map<string, number>>()
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

  private note({ name, node }: Box): number {
    const ofName = this.numbers.get(name) ?? new Map<string, number>()
    if (ofName.size === 0) this.numbers.set(name, ofName)
    const first = firstClass(node instanceof Element ? node.attribs['class'] : undefined)
    const number = ofName.get(first) ?? this.counts.length
    if (number === this.counts.length) ofName.set(first, number)
    this.counts[number] = (this.counts[number] ?? 0) + 1
    return number
  }
}

function firstClass(classes: string | undefined): string {
  if (classes === undefined) return ''
  const from = classes.search(/\S/)
  if (from < 0) return ''
  const length = classes.slice(from).search(/\s/)
  return length < 0 ? classes.slice(from) : classes.slice(from, from + length)
}

import type { Block } from '../block.ts'

/** Blocks of one page, and characters of each; the rest of a longer page or block is not compared. */
const MOST_BLOCKS = 10_000
const MOST_CHARACTERS = 20_000

/** Where a block was found. */
export interface Place {
  /** What names the block whatever its text and its place are: `#id` or `@address`. */
  name?: string
  /** Tag, or path in JSON: blocks of one kind under one heading are counted. */
  kind: string
  under: string
  item?: boolean
}

/** Collects blocks in document order and gives each its key. */
export class BlockList {
  readonly blocks: Block[] = []
  isFull = false
  private readonly counts = new Map<string, number>()

  add(text: string, { name, kind, under, item }: Place): void {
    if (text === '') return
    this.isFull ||= this.blocks.length >= MOST_BLOCKS
    if (this.isFull) return
    const key = this.numbered(name ?? `${under}/${kind}`)
    this.blocks.push({ key, text: text.slice(0, MOST_CHARACTERS), under, ...(item === true && { item }) })
  }

  private numbered(name: string): string {
    const count = (this.counts.get(name) ?? 0) + 1
    this.counts.set(name, count)
    return count === 1 ? name : `${name}:${count}`
  }
}

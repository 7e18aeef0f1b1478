/** For each word of two texts, 1 where it has a counterpart in the other. */
export interface Alignment {
  page: Uint8Array
  marked: Uint8Array
}

interface Range {
  pageFrom: number
  pageTo: number
  markedFrom: number
  markedTo: number
}

/** Words in a row that have to be the same to be an anchor at the outset. */
const ANCHOR = 6
/** Texts between anchors whose lengths multiply to less are compared word by word. */
const CELLS = 400_000
const MOST_CELLS = 4_000_000
/** What a run of matches costs, in words: so stray words find no counterpart. */
const TOLL = 0.8

/**
 * Aligns the words of a page, as numbers, with those that people marked, both in their order. As in a patience diff, rows
 * of words that are unique in both are anchors; between them, words are compared one by one, with affine gaps (Gotoh 1982).
 */
export function align(page: readonly number[], marked: readonly number[]): Alignment {
  const found = { page: new Uint8Array(page.length), marked: new Uint8Array(marked.length) }
  const whole = { pageFrom: 0, pageTo: page.length, markedFrom: 0, markedTo: marked.length }
  new Aligner(page, marked, found).between(whole, ANCHOR)
  return found
}

class Aligner {
  private readonly page: readonly number[]
  private readonly marked: readonly number[]
  private readonly found: Alignment

  constructor(page: readonly number[], marked: readonly number[], found: Alignment) {
    this.page = page
    this.marked = marked
    this.found = found
  }

  between(range: Range, longest: number): void {
    const { pageFrom, pageTo, markedFrom, markedTo } = range
    const cells = (pageTo - pageFrom) * (markedTo - markedFrom)
    if (cells <= 0) return
    if (cells <= CELLS && longest < ANCHOR) {
      this.wordByWord(range)
      return
    }
    for (let length = longest; length > 0; length--) {
      const anchors = this.anchors(range, length)
      if (anchors.length === 0) continue
      this.splitAt(anchors, range, length)
      return
    }
    if (cells <= MOST_CELLS) this.wordByWord(range)
  }

  private splitAt(anchors: readonly Anchor[], range: Range, length: number): void {
    const shorter = Math.min(ANCHOR - 1, length)
    let { pageFrom, markedFrom } = range
    for (const [pageAt, markedAt] of anchors) {
      if (pageAt < pageFrom || markedAt < markedFrom) continue
      let before = 0
      while (
        pageAt - before > pageFrom &&
        markedAt - before > markedFrom &&
        this.page[pageAt - before - 1] === this.marked[markedAt - before - 1]
      )
        before++
      let after = length
      while (
        pageAt + after < range.pageTo &&
        markedAt + after < range.markedTo &&
        this.page[pageAt + after] === this.marked[markedAt + after]
      )
        after++
      this.found.page.fill(1, pageAt - before, pageAt + after)
      this.found.marked.fill(1, markedAt - before, markedAt + after)
      this.between({ pageFrom, pageTo: pageAt - before, markedFrom, markedTo: markedAt - before }, shorter)
      pageFrom = pageAt + after
      markedFrom = markedAt + after
    }
    this.between({ pageFrom, pageTo: range.pageTo, markedFrom, markedTo: range.markedTo }, shorter)
  }

  /** Where rows of `length` words stand that are unique in both texts, as many as stand in the same order. */
  private anchors({ pageFrom, pageTo, markedFrom, markedTo }: Range, length: number): Anchor[] {
    const inMarked = uniqueRows(this.marked, markedFrom, markedTo, length)
    const anchors: Anchor[] = []
    for (const [row, at] of uniqueRows(this.page, pageFrom, pageTo, length)) {
      const markedAt = inMarked.get(row)
      if (markedAt !== undefined) anchors.push([at, markedAt])
    }
    return longestRising(anchors.toSorted(([a], [b]) => a - b))
  }

  private wordByWord({ pageFrom, pageTo, markedFrom, markedTo }: Range): void {
    const height = pageTo - pageFrom
    const width = markedTo - markedFrom
    const steps = new Uint8Array((height + 1) * (width + 1))
    let best = new Float32Array(width + 1)
    let matching = new Float32Array(width + 1).fill(-Infinity)
    for (let row = 1; row <= height; row++) {
      const nextBest = new Float32Array(width + 1)
      const nextMatching = new Float32Array(width + 1).fill(-Infinity)
      for (let column = 1; column <= width; column++) {
        const isSame = this.page[pageFrom + row - 1] === this.marked[markedFrom + column - 1]
        const going = isSame ? (matching[column - 1] ?? 0) + 1 : -Infinity
        const beginning = isSame ? (best[column - 1] ?? 0) + 1 - TOLL : -Infinity
        nextMatching[column] = Math.max(going, beginning)
        let step = isSame && going >= beginning ? GOES_ON : 0
        const above = best[column] ?? 0
        const beside = nextBest[column - 1] ?? 0
        const matched = nextMatching[column] ?? 0
        nextBest[column] = Math.max(above, beside, matched)
        if (matched > above && matched > beside) step |= MATCH
        else if (beside > above) step |= BESIDE
        steps[row * (width + 1) + column] = step
      }
      best = nextBest
      matching = nextMatching
    }
    this.follow(steps, pageFrom, markedFrom, height, width)
  }

  private follow(steps: Uint8Array, pageFrom: number, markedFrom: number, height: number, width: number): void {
    let row = height
    let column = width
    let goesOn = false
    while (row > 0 && column > 0) {
      const step = steps[row * (width + 1) + column] ?? 0
      if (goesOn || (step & MATCH) !== 0) {
        row--
        column--
        this.found.page[pageFrom + row] = 1
        this.found.marked[markedFrom + column] = 1
        goesOn = (step & GOES_ON) !== 0
      } else if ((step & BESIDE) !== 0) column--
      else row--
    }
  }
}

const BESIDE = 1
const MATCH = 2
const GOES_ON = 4

type Anchor = [pageAt: number, markedAt: number]

function uniqueRows(words: readonly number[], from: number, to: number, length: number): Map<string, number> {
  const rows = new Map<string, number>()
  const repeated = new Set<string>()
  for (let at = from; at + length <= to; at++) {
    const row = words.slice(at, at + length).join()
    if (rows.has(row)) repeated.add(row)
    else rows.set(row, at)
  }
  for (const row of repeated) rows.delete(row)
  return rows
}

/** The longest part of the anchors that rises in both texts, given that they rise in the first. */
function longestRising(anchors: readonly Anchor[]): Anchor[] {
  const ends: number[] = []
  const before = new Int32Array(anchors.length).fill(-1)
  anchors.forEach(([, at], index) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((anchors[ends[middle] ?? 0]?.[1] ?? 0) < at) low = middle + 1
      else high = middle
    }
    if (low > 0) before[index] = ends[low - 1] ?? -1
    ends[low] = index
  })
  const rising: Anchor[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const anchor = anchors[index]
    if (anchor) rising.push(anchor)
  }
  return rising.toReversed()
}

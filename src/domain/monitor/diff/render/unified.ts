import type { Block } from '../../block.ts'
import { commonSubsequence, type Match } from '../sequence.ts'

export interface UnifiedOptions {
  /** Names of the two versions, as they stand in the patch's head. */
  names: readonly [before: string, after: string]
  /** Unchanged lines around each change. Default 3. */
  context?: number
  ignoreCase?: boolean
  ignoreWhitespace?: boolean
}

/** One version as a text of one line for each block: what a patch of `renderUnified` applies to. */
function linesOf(blocks: readonly Block[]): string[] {
  return blocks.map(({ text }) => text.replace(/[\r\n]+/g, ' '))
}

/** The difference in the unified format (POSIX `diff -U`), which `patch` applies; '' where the versions are the same. */
export function renderUnified(before: readonly Block[], after: readonly Block[], options: UnifiedOptions): string {
  const lines = { before: linesOf(before), after: linesOf(after) }
  const compared = (line: string) => comparable(line, options)
  const kept = commonSubsequence(lines.before.map(compared), lines.after.map(compared))
  const changes = changedRanges(kept, lines.before.length, lines.after.length)
  if (changes.length === 0) return ''
  const hunks = grouped(changes, options.context ?? 3).map((group) => hunk(group, lines, options.context ?? 3))
  return [`--- ${oneLine(options.names[0])}`, `+++ ${oneLine(options.names[1])}`, ...hunks.flat(), ''].join('\n')
}

function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ').trim()
}

function comparable(line: string, { ignoreCase, ignoreWhitespace }: UnifiedOptions): string {
  const text = ignoreCase === true ? line.toLowerCase() : line
  return ignoreWhitespace === true ? text.replace(/\s+/g, '') : text
}

/** Lines `from` to `fromEnd` of the former version that lines `to` to `toEnd` of the later one replace. */
interface Range {
  from: number
  fromEnd: number
  to: number
  toEnd: number
}

function changedRanges(kept: readonly Match[], beforeLength: number, afterLength: number): Range[] {
  const ranges: Range[] = []
  let from = 0
  let to = 0
  for (const match of [...kept, { from: beforeLength, to: afterLength }]) {
    if (match.from > from || match.to > to) ranges.push({ from, fromEnd: match.from, to, toEnd: match.to })
    from = match.from + 1
    to = match.to + 1
  }
  return ranges
}

/** Changes whose surroundings touch share a hunk. */
function grouped(ranges: readonly Range[], context: number): Range[][] {
  const groups: Range[][] = []
  for (const range of ranges) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last && range.from - last.fromEnd <= 2 * context) group.push(range)
    else groups.push([range])
  }
  return groups
}

function hunk(group: readonly Range[], lines: { before: string[]; after: string[] }, context: number): string[] {
  const [first] = group
  const last = group.at(-1)
  if (!first || !last) return []
  const lead = Math.min(context, first.from)
  const start = first.from - lead
  const end = Math.min(lines.before.length, last.fromEnd + context)
  const toStart = first.to - lead
  const toLength = last.toEnd + (end - last.fromEnd) - toStart
  const body: string[] = []
  let at = start
  for (const { from, fromEnd, to, toEnd } of group) {
    body.push(...lines.before.slice(at, from).map((line) => ` ${line}`))
    body.push(...lines.before.slice(from, fromEnd).map((line) => `-${line}`))
    body.push(...lines.after.slice(to, toEnd).map((line) => `+${line}`))
    at = fromEnd
  }
  body.push(...lines.before.slice(at, end).map((line) => ` ${line}`))
  return [`@@ -${span(start, end - start)} +${span(toStart, toLength)} @@`, ...body]
}

/** An empty span is named by the line before it. */
function span(start: number, length: number): string {
  return `${length === 0 ? start : start + 1},${length}`
}

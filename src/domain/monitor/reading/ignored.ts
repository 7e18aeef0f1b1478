import type { Block } from '../block.ts'
import { asRegex, remover } from '../pattern.ts'
import type { Masked } from './reading.ts'

/**
 * A text takes out every block that has it; a /regex/ takes out just what it matches, across blocks (`\n` between them)
 * where it says so.
 */
export function withoutIgnored(blocks: readonly Block[], ignore: readonly string[], masked: Masked[]): Block[] {
  return ignore.reduce<Block[]>((left, written) => applied(left, written, masked), [...blocks])
}

function applied(blocks: Block[], written: string, masked: Masked[]): Block[] {
  if (asRegex(written)) return withoutMatches(blocks, written, masked)
  const wanted = written.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if (wanted === '') return blocks
  return blocks.filter(({ key, text }) => {
    const has = text.includes(wanted)
    if (has) masked.push({ key, kind: 'ignored', value: text })
    return !has
  })
}

function withoutMatches(blocks: Block[], written: string, masked: Masked[]): Block[] {
  const note = (value: string) => masked.push({ key: '', kind: 'ignored', value })
  const lines = remover(written)(blocks.map(({ text }) => text).join('\n'), note).split('\n')
  return blocks
    .map((block, index) => ({ ...block, text: (lines[index] ?? '').replace(/ {2,}/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
}

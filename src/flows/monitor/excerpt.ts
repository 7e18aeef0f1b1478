import type { Change } from '../../domain/monitor/verdict/decision.ts'

const MOST_LINES = 20
const MOST_CHARACTERS = 300

/** A change as a few lines of text, `-` before what was and `+` before what is. */
export function excerptOf({ blocks, fields }: Change): string {
  const ofFields = fields.map(({ name, before, after }) => `${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`)
  const ofBlocks = blocks.flatMap((block) => {
    switch (block.kind) {
      case 'changed':
        return [`- ${block.before}`, `+ ${block.after}`]
      case 'added':
        return [`+ ${block.text}`]
      case 'removed':
        return [`- ${block.text}`]
      case 'moved':
        return []
    }
  })
  return [...ofFields, ...ofBlocks].slice(0, MOST_LINES).map(cut).join('\n')
}

function cut(line: string): string {
  const oneLine = line.replaceAll(/\s+/g, ' ')
  return oneLine.length > MOST_CHARACTERS ? `${oneLine.slice(0, MOST_CHARACTERS)}…` : oneLine
}

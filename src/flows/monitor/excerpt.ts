import type { SitePages } from '../../domain/monitor/site/site-change.ts'
import type { Change } from '../../domain/monitor/verdict/decision.ts'

const MOST_LINES = 20
const MOST_CHARACTERS = 300

const SIGNS = { new: '+ new', changed: '~ changed', removed: '- removed' } as const

/** A change as a few lines of text, `-` before what was and `+` before what is. Of a site, its pages are named first. */
export function excerptOf({ blocks, fields, pages }: Change & { pages?: SitePages }): string {
  const ofPages = (pages?.list ?? []).map(
    ({ kind, title, url }) => `${SIGNS[kind]}: ${title === null ? url : `${title} ${url}`}`,
  )
  const shown = pages ? blocks.filter(({ under }) => under !== '') : blocks
  const ofFields = fields.map(({ name, before, after }) => `${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`)
  const ofBlocks = shown.flatMap((block) => {
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
  return [...ofPages, ...ofFields, ...ofBlocks].slice(0, MOST_LINES).map(cut).join('\n')
}

function cut(line: string): string {
  const oneLine = line.replaceAll(/\s+/g, ' ')
  return oneLine.length > MOST_CHARACTERS ? `${oneLine.slice(0, MOST_CHARACTERS)}…` : oneLine
}

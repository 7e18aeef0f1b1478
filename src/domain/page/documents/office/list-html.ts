/** A block of a document whose format knows no nested lists: items follow each other and tell their level. */
export type Block = { kind: 'html'; html: string } | { kind: 'item'; html: string; level: number; ordered: boolean }

/** Levels that lists nest; deeper items stand at the last. */
const MAX_LEVEL = 8

/** Blocks as HTML, runs of items as nested lists. */
export function blocksAsHtml(blocks: readonly Block[]): string {
  const open: { tag: 'ol' | 'ul'; level: number }[] = []
  let html = ''
  const closeTo = (level: number) => {
    for (let last = open.at(-1); last && last.level > level; last = open.at(-1)) {
      html += `</li></${last.tag}>`
      open.pop()
    }
  }
  for (const block of blocks) {
    if (block.kind === 'html') {
      closeTo(-1)
      html += block.html
      continue
    }
    const level = Math.min(Math.max(block.level, 0), MAX_LEVEL)
    const tag = block.ordered ? 'ol' : 'ul'
    closeTo(level)
    const last = open.at(-1)
    if (last?.level === level && last.tag !== tag) closeTo(level - 1)
    if (open.at(-1)?.level === level) html += '</li><li>'
    else {
      open.push({ tag, level })
      html += `<${tag}><li>`
    }
    html += block.html
  }
  closeTo(-1)
  return html
}

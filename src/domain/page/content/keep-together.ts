import { Element } from '../tree/nodes.ts'
import { rowsOf, isLayoutTable } from '../markdown/table-shape.ts'
import type { Box, Outline } from './outline.ts'

/** What belongs together is kept or dropped together, whatever was thought of its parts. */
export function keepTogether(page: Outline, chosen: Uint8Array): void {
  keepTablesWhole(page, chosen)
  keepCodeOfKeptText(page, chosen)
  keepHeadingsOfKeptText(page, chosen)
  keepImagesOfKeptText(page, chosen)
}

/** A table of values is content or it isn't: half of one helps nobody. */
function keepTablesWhole(page: Outline, chosen: Uint8Array): void {
  for (const box of page.boxes) {
    if (box.name !== 'table' || !(box.node instanceof Element) || isLayoutTable(box.node, rowsOf(box.node))) continue
    chosen.fill(keptShare(page, box, chosen) >= 0.5 ? 1 : 0, box.first, box.end)
  }
}

function keptShare(page: Outline, box: Box, chosen: Uint8Array): number {
  return box.words > 0 ? keptWords(page, box, chosen) / box.words : 0
}

function keptWords({ blocks }: Outline, { first, end }: Box, chosen: Uint8Array): number {
  let kept = 0
  for (let index = first; index < end; index++) if (chosen[index] === 1) kept += blocks[index]?.measure.words ?? 0
  return kept
}

/** With this many words beside it, a sample of code stands in a text. */
const TEXT_WORDS = 20
/** How far out that text may stand. */
const CODE_REACH = 4

/** Code goes with the text that it stands in: it reads unlike all else. */
function keepCodeOfKeptText(page: Outline, chosen: Uint8Array): void {
  for (const code of page.boxes) {
    if (code.name !== 'pre' || code.hidden || code.words === 0) continue
    const around = textAround(code)
    if (!around) continue
    const kept = keptWords(page, around, chosen) - keptWords(page, code, chosen)
    if (kept * 2 > around.words - code.words) chosen.fill(1, code.first, code.end)
  }
}

function textAround(code: Box): Box | undefined {
  let around = code.parent
  for (let step = 1; around && step < CODE_REACH && around.words - code.words < TEXT_WORDS; step++)
    around = around.parent
  return around && around.words - code.words >= TEXT_WORDS ? around : undefined
}

const HEADING = /^h[1-6]$/

/** What a heading announces decides about it: text without its heading has lost its name. From the end, so that headings in a row go together. */
function keepHeadingsOfKeptText(page: Outline, chosen: Uint8Array): void {
  for (let index = page.blocks.length - 2; index >= 0; index--) {
    if (HEADING.test(page.blocks[index]?.box.name ?? '') && chosen[index + 1] === 1) chosen[index] = 1
  }
}

/** How far out the text may stand that an image belongs to. */
const IMAGE_REACH = 4

/** Images without text in their line go with the text around them. */
function keepImagesOfKeptText(page: Outline, chosen: Uint8Array): void {
  page.blocks.forEach((block, index) => {
    if (block.measure.words > 0 || block.images === 0) return
    let box = block.box
    for (let step = 0; box.words === 0 && box.parent && step < IMAGE_REACH; step++) box = box.parent
    chosen[index] = keptShare(page, box, chosen) >= 0.5 ? 1 : 0
  })
}

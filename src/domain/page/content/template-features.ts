import type { Examined } from './features.ts'
import { type Row, add, ratio } from './own-features.ts'
import type { Item } from './templates.ts'

const LEVELS = [1, 2, 3, 5]

/** What else the template of the block made, and the repeated items that it stands in: a post of a thread, a card of a list. */
export function addTemplates(row: Row, examined: Examined, index: number): void {
  const { page, templates, whole } = examined
  let box = page.blocks[index]?.box
  if (!box) return
  const { id } = box
  const own = templates.blocks[templates.ofBox[id] ?? 0]
  if (!own) return
  add(row, own.count)
  add(row, own.words)
  add(row, ratio(own.words, whole.words))
  add(row, ratio(own.words, own.count))
  add(row, ratio(own.linkWords, own.words))
  add(row, ratio(own.goodWords, own.words))
  add(row, ratio(own.leaning, own.count))
  add(row, own.longest)
  let level = 0
  for (const wanted of LEVELS) {
    while (box.parent && level < wanted) {
      box = box.parent
      level++
    }
    const template = templates.boxes[templates.ofBox[box.id] ?? 0]
    add(row, template?.count ?? 0)
    add(row, ratio(template?.words ?? 0, whole.words))
  }
  addItem(row, examined, templates.smallest[id], index)
  addItem(row, examined, templates.largest[id], index)
}

const FEATURES_OF_ITEM = 12

function addItem(row: Row, { templates, whole, facts }: Examined, item: Item | undefined, index: number): void {
  const template = item && templates.boxes[templates.ofBox[item.box.id] ?? 0]
  if (!template) {
    for (let feature = 0; feature < FEATURES_OF_ITEM; feature++) add(row, -1)
    return
  }
  const { box, steps } = item
  add(row, steps)
  add(row, template.count)
  add(row, ratio(template.words, template.count))
  add(row, ratio(template.words, whole.words))
  add(row, ratio(template.linkWords, template.words))
  add(row, ratio(template.goodWords, template.words))
  add(row, ratio(template.goodWords, whole.goodWords))
  add(row, templates.ordinal[box.id] ?? 0)
  add(row, ratio((whole.wordsBefore[index] ?? 0) - (whole.wordsBefore[box.first] ?? 0), box.words))
  add(row, box.words)
  add(row, box.end - box.first)
  add(row, facts.nameSum[box.id] ?? 0)
}

import type { Change } from '../../../../src/domain/monitor/verdict/decision.ts'

export const NO_DIFFERENCE: Change = {
  blocks: [],
  fields: [],
  summary: { added: 0, removed: 0, moved: 0, changedRatio: 0 },
}

/** So many blocks of one page, each with one word in the place of another. */
export function blockChanges(count: number): Change {
  const block = (index: number) => ({
    kind: 'changed' as const,
    key: `p:${index}`,
    under: 'Part',
    from: index,
    to: index,
    before: 'old',
    after: 'new',
    words: [],
  })
  const summary = { added: count, removed: count, moved: 0, changedRatio: 1 }
  return { blocks: Array.from({ length: count }, (_, index) => block(index)), fields: [], summary }
}

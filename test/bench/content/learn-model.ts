import { writeFileSync } from 'node:fs'
import { readCorpus } from './corpus.ts'
import { exampleOf } from './examples.ts'
import type { Forest } from './gbdt.ts'
import { leaningsFrom } from './learn.ts'
import { learnFrom } from './learned.ts'
import { VoterNumbers } from './voters.ts'
import { writtenVotes } from './written-votes.ts'

// node learn-model.ts CORPUS-FOLDER: learns from the whole corpus and writes what src/domain/page/content uses.
const [folder = ''] = process.argv.slice(2)

const numbers = new VoterNumbers()
const examples = readCorpus(folder).map((gold) => exampleOf(gold, numbers))
const { counted, weights, forest } = learnFrom(examples, numbers.size)
const leanings = leaningsFrom(counted, '')
write('learned.json', {
  names: table([...counted.names.keys()], leanings.ofName),
  texts: table([...counted.texts.keys()], leanings.ofText),
  openings: table([...counted.openings.keys()], leanings.ofOpening),
  forest: written(forest),
})
write('learned-votes.json', writtenVotes(numbers, weights))

function write(name: string, learned: unknown): void {
  const target = new URL(`../../../src/domain/page/content/${name}`, import.meta.url)
  writeFileSync(target, `${JSON.stringify(learned)}\n`)
}

/** Log odds in tenths; words that say nothing are left out. */
function table(words: readonly string[], valueOf: (word: string) => number): Record<string, number> {
  const said = words
    .map((word): [string, number] => [word, Math.round(valueOf(word) * 10)])
    .filter(([, value]) => Math.abs(value) >= 2)
  return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function written({ bias, trees }: Forest) {
  const starts: number[] = []
  const features: number[] = []
  const values: number[] = []
  const rights: number[] = []
  for (const tree of trees) {
    const start = features.length
    starts.push(start)
    for (const node of tree) {
      features.push(node.feature)
      values.push(Number(node.value.toPrecision(node.feature < 0 ? 4 : 7)))
      rights.push(node.feature < 0 ? 0 : start + node.right)
    }
  }
  return { bias: Number(bias.toPrecision(5)), starts, features, values, rights }
}

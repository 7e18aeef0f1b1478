import { decide } from '../../../src/domain/page/content/decide.ts'
import { readCorpus, wordF1 } from './corpus.ts'
import { type Example, exampleOf } from './examples.ts'
import { evidenceFrom, probabilitiesOf, tableOf } from './learn.ts'
import { foldsOf, learnFrom } from './learned.ts'
import { votesOf } from './linear.ts'
import { VoterNumbers } from './voters.ts'

// node cross-validate.ts CORPUS-FOLDER [FOLDS]: trains on all folds but one and scores that one, by site.
const [folder = '', foldCount = '5'] = process.argv.slice(2)
const numbers = new VoterNumbers()
const examples = readCorpus(folder).map((gold) => exampleOf(gold, numbers))
const WORST = 10
const folds = foldsOf(examples, Number(foldCount), 11)
const found = new Map<string, number>()
for (let fold = 0; fold < Number(foldCount); fold++) {
  const started = Date.now()
  const { counted, weights, forest } = learnFrom(
    examples.filter((_, index) => folds[index] !== fold),
    numbers.size,
  )
  examples.forEach((example, index) => {
    if (folds[index] !== fold) return
    const table = tableOf(example, evidenceFrom(counted, ''), votesOf(weights, example.voters))
    found.set(example.id, f1Of(example, probabilitiesOf(forest, example, table)))
  })
  console.log(`fold ${fold}: ${((Date.now() - started) / 1_000).toFixed(0)} s`)
}
report('blocks chosen', found)
reportWorst(found)

function f1Of(example: Example, probabilities: Float32Array): number {
  const { chosen } = decide(example.page, probabilities)
  return wordF1(example.gold, example.words.filter((_, index) => chosen[index] === 1).flat())
}

function report(name: string, results: Map<string, number>): void {
  const types = Map.groupBy(examples, (example) => example.type)
  const mean = (of: readonly Example[]) =>
    of.reduce((sum, example) => sum + (results.get(example.id) ?? 0), 0) / of.length
  const parts = [...types].map(([type, of]) => `${type} ${mean(of).toFixed(3)}`)
  console.log(`${name}: F1 ${mean(examples).toFixed(4)} | ${parts.join(' ')}`)
}

/** The pages that the blocks chosen fit worst, beside the best that any choice of blocks could do. */
function reportWorst(results: Map<string, number>): void {
  const lost = examples.map((example) => {
    const possible = f1Of(example, Float32Array.from(example.labels))
    return { example, possible, f1: results.get(example.id) ?? 0 }
  })
  for (const { example, f1, possible } of lost.toSorted((a, b) => a.f1 - b.f1).slice(0, WORST))
    console.log(
      `${example.id} ${example.type} ${example.site}: F1 ${f1.toFixed(3)}, at best ${possible.toFixed(3)}, ${example.gold.length} words`,
    )
}

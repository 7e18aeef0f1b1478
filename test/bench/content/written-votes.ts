import { SHAPES } from '../../../src/domain/page/content/votes.ts'
import { NAME_ROLES, type Role, TEXT_ROLES, type VoterNumbers, reachOf } from './voters.ts'

type Table = Record<string, number[]>

export interface WrittenVotes {
  names: Table
  texts: Table
  pairs: Table
  shapes: number[]
  bias: number
}

/** A voter that says less than this, in hundredths of log odds, is left out. */
const LEAST = 3

/** The linear model as `learned-evidence.ts` reads it: hundredths, by word, a column for each role, zeros at the end left out. */
export function writtenVotes(numbers: VoterNumbers, weights: Float32Array): WrittenVotes {
  const written: WrittenVotes = { names: {}, texts: {}, pairs: {}, shapes: Array<number>(SHAPES).fill(0), bias: 0 }
  for (const [key, number] of numbers.entries()) {
    const at = key.indexOf(' ')
    const role = key.slice(0, at) as Role
    const word = key.slice(at + 1)
    const hundredths = Math.round((weights[number] ?? 0) * reachOf(role) * 100)
    if (role === 'bias') written.bias = hundredths
    else if (role === 'shape') written.shapes[Number(word)] = hundredths
    else if (Math.abs(hundredths) >= LEAST) enter(written, role, word, hundredths)
  }
  return { ...written, names: sorted(written.names), texts: sorted(written.texts), pairs: sorted(written.pairs) }
}

function enter({ names, texts, pairs }: WrittenVotes, role: Role, word: string, hundredths: number): void {
  const nameColumn = NAME_ROLES.findIndex((name) => name === role)
  const column = nameColumn >= 0 ? nameColumn : TEXT_ROLES.findIndex((name) => name === role)
  const table = nameColumn >= 0 ? names : word.includes(' ') ? pairs : texts
  const row = Object.hasOwn(table, word) ? (table[word] ?? []) : []
  while (row.length < column) row.push(0)
  row[column] = hundredths
  Object.defineProperty(table, word, { value: row, enumerable: true, configurable: true, writable: true })
}

function sorted(table: Table): Table {
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

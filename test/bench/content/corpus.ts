import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** One page of the WCXB development set, and what people marked as its main text. */
export interface GoldPage {
  id: string
  url: string
  type: string
  bytes: Uint8Array
  mainText: string
  /** As the page names them; '' where it doesn't. The date is YYYY-MM-DD. */
  title: string
  author: string
  date: string
  mustHave: string[]
  mustNotHave: string[]
}

interface GroundTruth {
  url: string
  _internal?: { page_type?: string | { primary?: string } }
  ground_truth?: {
    main_content?: string
    title?: string | null
    author?: string | null
    publish_date?: string | null
    with?: string[]
    without?: string[]
  }
}

/** Reads the corpus at `folder`: `ground-truth/*.json` and `html/*.html.gz`. */
export function readCorpus(folder: string): GoldPage[] {
  const files = readdirSync(`${folder}/ground-truth`)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
  return files.map((file) => {
    const id = file.slice(0, -'.json'.length)
    const truth: GroundTruth = JSON.parse(readFileSync(`${folder}/ground-truth/${file}`, 'utf8'))
    const named = truth._internal?.page_type
    const type = typeof named === 'string' ? named : (named?.primary ?? 'article')
    return {
      id,
      url: truth.url,
      type: type === 'category' ? 'collection' : type,
      bytes: gunzipSync(readFileSync(`${folder}/html/${id}.html.gz`)),
      mainText: truth.ground_truth?.main_content ?? '',
      title: truth.ground_truth?.title ?? '',
      author: truth.ground_truth?.author ?? '',
      date: truth.ground_truth?.publish_date ?? '',
      mustHave: truth.ground_truth?.with ?? [],
      mustNotHave: truth.ground_truth?.without ?? [],
    }
  })
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
}

/** F1 of word multisets, the corpus's own measure. */
export function wordF1(gold: readonly string[], found: readonly string[]): number {
  if (gold.length === 0 || found.length === 0) return gold.length === found.length ? 1 : 0
  const counts = new Map<string, number>()
  for (const word of gold) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of found) {
    const left = counts.get(word) ?? 0
    if (left > 0) {
      shared++
      counts.set(word, left - 1)
    }
  }
  return shared === 0 ? 0 : (2 * shared) / (gold.length + found.length)
}

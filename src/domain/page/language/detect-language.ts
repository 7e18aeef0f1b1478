// The smallest of its four databases of n-grams: 60 languages, 1 MB of source, 29 MB once it is loaded.
import { eld } from 'eld/extrasmall'

/** What is looked at: more makes no difference to the answer. */
const MOST_CHARACTERS = 1_000
/** Of anything shorter nobody can be sure: a menu, a price, a name. */
const LEAST_LETTERS = 40
/** Chinese, Japanese and Korean say as much in a fourth of the letters. */
const LETTERS_PER_IDEOGRAPH = 4
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
/** Vowels of Indic scripts are marks. */
const LETTERS = /[\p{L}\p{M}]/gu

/** The language that a text is written in (ISO 639-1), or undefined where that is not plain. */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, MOST_CHARACTERS)
  if (lettersIn(sample) < LEAST_LETTERS) return undefined
  const found = eld.detect(sample)
  return found.isReliable() ? found.language : undefined
}

function lettersIn(text: string): number {
  const ideographs = text.match(IDEOGRAPHS)?.length ?? 0
  return (text.match(LETTERS)?.length ?? 0) + ideographs * (LETTERS_PER_IDEOGRAPH - 1)
}

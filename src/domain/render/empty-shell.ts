import { counted } from '../counted.ts'
import type { PageEvidence } from './page-evidence.ts'

/** More words than this in what was read, and no look at the source is needed. */
export const PLAINLY_CONTENT_WORDS = 200
/** A page with a mount point left empty has its frame in words: a menu, a footer, a notice. */
const FRAME_WORDS = 80
/** A page without one says next to nothing. */
const NEARLY_EMPTY_WORDS = 25

/** Why a page as fetched is only the shell of what a browser would show; undefined when it is the page. */
export function whyShell(evidence: PageEvidence): string | undefined {
  const { words, linkWords, scripts, emptyRoot, emptyCustomElements, asksForScripts, markers } = evidence
  if (scripts === 0) return undefined
  const plainWords = words - linkWords
  if (emptyRoot !== undefined && plainWords < FRAME_WORDS)
    return `${emptyRoot} is empty, ${counted(plainWords, 'word')} beside it`
  if (asksForScripts && plainWords < NEARLY_EMPTY_WORDS)
    return `${counted(plainWords, 'word')}, and <noscript> asks for JavaScript`
  if (emptyCustomElements > 0 && plainWords < NEARLY_EMPTY_WORDS)
    return `${counted(plainWords, 'word')}, and ${emptyCustomElements} empty custom elements`
  if (markers.length > 0 && plainWords < NEARLY_EMPTY_WORDS)
    return `${counted(plainWords, 'word')}, and scripts of ${markers.join(', ')}`
  return words === 0 ? 'no words, only scripts' : undefined
}

import { botWall } from '../../fetch/bot-wall.ts'
import { failed, type Fetched, NOT_MODIFIED, type Reading } from './reading.ts'

/** What the status and the headers alone say against reading the body. */
export function refusal({ status, headers }: Fetched): Reading | undefined {
  if (status === 304) return NOT_MODIFIED
  const wall = botWall(headers)
  if (wall !== undefined)
    return failed('challenge', 'challenge', `${wall} answered with a challenge in the site's place.`)
  if (status === 429) return failed('challenge', 'rate_limited', 'The site asks to come less often (429).')
  if (status === 401 || status === 403) return failed('challenge', 'forbidden', `The site refuses access (${status}).`)
  if (status === 204 || status === 205)
    return failed('empty', 'empty_body', `The site answered without a body (${status}).`)
  if (status >= 200 && status < 300) return undefined
  return failed('error', 'http_error', `The site answered ${status}.`)
}

/** Titles and headings of pages that say "not found" with a status that says otherwise. */
const NOT_FOUND =
  /^(?:error\s*)?(?:404\b|.{0,40}\b404\b.{0,20}(?:not found|error)|(?:oops[!,.]?\s*)?(?:(?:the |this |that )?(?:page|site|file|document|article|product|resource|url) )?(?:you (?:requested|are looking for) )?(?:was |is |could |can )?(?:not |n't )(?:be )?found|page (?:not found|no longer exists|does not exist|doesn't exist)|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada|not found)/i
const CHALLENGE =
  /^(?:just a moment\b|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a (?:human|robot)\??|access (?:to this page has been )?denied|please verify|security check|ddos[- ]guard|pardon our interruption|one more step|request blocked|you have been blocked)/i
const MAINTENANCE =
  /^(?:.{0,30}\b(?:down for|under|undergoing) maintenance|we(?:'|’)ll be (?:right )?back|service (?:temporarily )?unavailable|temporarily (?:down|unavailable))/i

/** Pages that stand in another's place are short; an article about them is not. */
const SHORT_WORDS = 150

/** What a page says of itself that came with a good status and is none. */
export function disguise(title: string, headings: readonly string[], words: number): Reading | undefined {
  if (words > SHORT_WORDS) return undefined
  const says = [title, ...headings.slice(0, 1)].map((text) => text.trim()).filter((text) => text !== '')
  const matching = (pattern: RegExp) => says.find((text) => pattern.test(text))
  const challenge = matching(CHALLENGE)
  if (challenge !== undefined) return failed('challenge', 'challenge', `The page is a challenge: “${challenge}”.`)
  const missing = matching(NOT_FOUND)
  if (missing !== undefined) return failed('soft_404', 'soft_404', `The page says that it is none: “${missing}”.`)
  const maintenance = matching(MAINTENANCE)
  return maintenance === undefined ? undefined : failed('error', 'maintenance', `The site is away: “${maintenance}”.`)
}

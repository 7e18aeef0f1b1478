import { collapse } from '../tree/reading-nodes.ts'
import { bylineOpening } from './by-words.ts'

/** Beyond this it is a sentence. In characters. */
const LONGEST = 300
const LONGEST_GIVEN = 1_000
const MOST_WORDS = 14
/** Where a byline goes on to something else. */
const END =
  /\s*(?:[•·|‧∙»/–—(]|\s-\s|\b(?:on|in|at|for|from|updated|published|posted|last|reviewed|edited|medically|fact[ -]checked|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|(?:(?<=\s)(?:am|le|el|em|den|op|il)\s+)?(?<![\p{L}\p{N}])\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d).*$/iu
const NOBODY =
  /^(?:null|undefined|none|n\/a|admin(?:istrator)?|webmaster|editor|author|unknown|guest|user|default|name|staff writer|the author)$/i
/** What links beside a heading say instead of a name. */
const ACTION =
  /^(?:home|guide|profile|members?|community|facebook|twitter|youtube|instagram|linkedin|pinterest)$|^(?:log|sign|read|join|share|follow|about|more|view|reply|search|register|ask|my|last|subscri\w+|press)\b/i

/** A name as it may stand for an author: its text without "By" and handles; undefined for what names nobody. */
export function personName(text: string): string | undefined {
  if (text.length > LONGEST_GIVEN) return undefined
  const name = collapse(text)
    .replace(bylineOpening(null), '')
    .replace(/\s*[(<[]?\s*(?:\S+@\S+\.\S+|@\w+)\s*[)>\]]?/g, '')
    .replace(/\s*[|•·].*$/, '')
    .replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '')
  return isName(name) ? name : undefined
}

/** The name that a byline gives: "By Ada Lovelace on March 3"; undefined for any other line. */
export function nameInByline(line: string, language: string | null): string | undefined {
  const opening = bylineOpening(language).exec(line)
  if (!opening) return undefined
  const name = personName(line.slice(opening[0].length).replace(END, ''))
  if (name === undefined || isProper(name)) return name
  const isLogin = !/\s/.test(name) && (line.length <= SHORT_LINE || opening[0].trim().includes(' '))
  return isLogin ? name : undefined
}

/** "by default" in longer lines is the beginning of a sentence. */
const SHORT_LINE = 25

/** A name that nothing introduces: short, and nothing that one could do. */
export function loneName(text: string, language: string | null): string | undefined {
  const name = personName(text.replace(bylineOpening(language), ''))
  const isLone =
    name !== undefined && !ACTION.test(name) && !name.includes(':') && name.split(' ').length <= MOST_LONE_WORDS
  return isLone ? name : undefined
}

const MOST_LONE_WORDS = 4

/** Written as names are: capital letters, but for what stands between them. Scripts without capitals are. */
export function isProper(name: string): boolean {
  return name.split(/[\s,&]+/).every((word) => word === '' || !/^\p{Ll}/u.test(word) || BETWEEN.test(word))
}

const BETWEEN =
  /^(?:and|und|et|y|e|en|og|och|ve|i|de|del|della|di|da|dos|das|du|des|le|la|van|von|der|den|ten|ter|zu|zur|bin|al|el|ibn|the|of|with)$/i

/** A line that only introduces the next one: "By", "Author:". */
export function isBylineOpening(line: string, language: string | null): boolean {
  return line !== '' && line.replace(bylineOpening(language), '') === ''
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > LONGEST || NOBODY.test(name) || !/\p{L}/u.test(name)) return false
  if (/^https?:|:\/\/|^[\w-]+(?:\.[\w-]+){2,}$|[{}<>=]/.test(name)) return false
  return name.split(/[,;]/).every((one) => one.trim().split(' ').length <= MOST_WORDS)
}

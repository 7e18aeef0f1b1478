/** What introduces an author, by language; the words of English serve everywhere. */
const BY: Readonly<Record<string, string>> = {
  de: 'von|verfasst von|geschrieben von',
  fr: 'par|écrit par|rédigé par|publié par',
  es: 'por|escrito por|publicado por',
  pt: 'por|escrito por|publicado por',
  ca: 'per',
  it: 'di|da|scritto da|a cura di',
  nl: 'door|geschreven door',
  sv: 'av|skriven av',
  nb: 'av|skrevet av',
  no: 'av|skrevet av',
  da: 'af|skrevet af',
  pl: 'przez',
}
const ENGLISH = String.raw`(?:(?:written|posted|published|created|authored|asked|started|submitted|story|words|text|article|reported|recipe|articles|posts|more|opened)\s+)?by\b:?|(?:thread|topic) starter\b:?|more from\b`
/** Before a colon: no name begins so. */
const LABELS = String.raw`(?:authors?|autor(?:in|a|es|as|e|i|ka|zy)?|auteure?s?|redactie|författare|forfatter|kirjoittaja|yazan|автор(?:ы)?|著者|作者|筆者|撰文|記者|文|글|기자)\s*[:：/]`

const STATED = new RegExp(String.raw`^\s*(?:${ENGLISH}|${LABELS})\s*`, 'iu')
const openings = new Map<string, RegExp>(
  Object.entries(BY).map(([language, words]) => [
    language,
    new RegExp(String.raw`^\s*(?:${ENGLISH}|${LABELS}|(?:${words})(?![\p{L}\p{N}]):?)\s*`, 'iu'),
  ]),
)

/**
 * What a byline begins with before the name, space included. Without a language only what begins no name: Von Miller is
 * somebody.
 */
export function bylineOpening(language: string | null): RegExp {
  return openings.get(language?.split('-', 1)[0] ?? '') ?? STATED
}

import { type Notice, TOKENS, type Token } from './notice.ts'

/** The user's own words for a channel, with `{{tokens}}` in them. */
export interface Template {
  title?: string | undefined
  text?: string | undefined
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Tokens that there are none of, for the message with which a template is refused; empty: it is fine. */
export function unknownTokens(template: string): string[] {
  const named = [...template.matchAll(PLACE)].map(([, name = '']) => name)
  const stray = template.replaceAll(PLACE, '')
  return [...named.filter((name) => !isToken(name)), ...(/\{\{|\}\}/.test(stray) ? ['{{ without }}'] : [])]
}

/** Puts the user's words in the place of ours. Values are put in once: what a page says is never read as a template. */
export function templated(notice: Notice, template: Template | null): Notice {
  if (!template) return notice
  const filled = (text: string) =>
    text.replaceAll(PLACE, (_place, name: string) => (isToken(name) ? notice.tokens[name] : ''))
  const title = template.title === undefined ? notice.title : filled(template.title).replaceAll(/\s+/g, ' ').trim()
  if (template.text === undefined) return { ...notice, title }
  // Who writes the text decides whether what is different is in it.
  return { ...notice, title, text: filled(template.text), excerpt: '' }
}

function isToken(name: string): name is Token {
  return TOKENS.some((token) => token === name)
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text as HTML writes it. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => NAMED[character] ?? character)
}

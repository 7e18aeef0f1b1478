/** An Atom feed (RFC 4287) to be written. Times are UTC. */
export interface Feed {
  /** An IRI that never changes. */
  id: string
  title: string
  self: string
  updated: Date
  entries: readonly FeedEntry[]
}

export interface FeedEntry {
  id: string
  title: string
  link: string
  updated: Date
  /** Plain text. */
  summary: string
}

/** Whatever pages say, the feed is well-formed: what XML can't hold is left out, the rest is escaped. */
export function atom({ id, title, self, updated, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${escaped(id)}</id>`,
    `  <title>${escaped(title)}</title>`,
    `  <link rel="self" type="application/atom+xml" href="${escaped(self)}"/>`,
    `  <updated>${updated.toISOString()}</updated>`,
    '  <author><name>Lapis Spider</name></author>',
    ...entries.map(entry),
    '</feed>',
    '',
  ].join('\n')
}

function entry({ id, title, link, updated, summary }: FeedEntry): string {
  return [
    '  <entry>',
    `    <id>${escaped(id)}</id>`,
    `    <title>${escaped(title)}</title>`,
    `    <link rel="alternate" href="${escaped(link)}"/>`,
    `    <updated>${updated.toISOString()}</updated>`,
    `    <summary type="text">${escaped(summary)}</summary>`,
    '  </entry>',
  ].join('\n')
}

/** XML 1.0 §2.2: of the control characters only tab and line ends are characters; half a surrogate pair is none. */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function escaped(text: string): string {
  return text
    .replaceAll(NO_CHARACTER, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** What is read of one entry of a feed. `summary` is HTML. */
export interface FeedItem {
  title?: string
  link?: string
  date?: string
  summary?: string
}

export interface Feed extends FeedItem {
  items: readonly FeedItem[]
  /** The feed had more items than are read. */
  truncated: boolean
}

/** A feed as the page that it stands for, which is then read like any page: Markdown, text and links in one go. */
export function feedAsHtml(feed: Feed): string {
  const head = `<title>${escaped(feed.title ?? '')}</title><h1>${linked(feed)}</h1>${feed.summary ?? ''}`
  return (
    head + feed.items.map((item) => `<h2>${linked(item)}</h2>${dated(item)}<div>${item.summary ?? ''}</div>`).join('')
  )
}

function linked({ title, link }: FeedItem): string {
  const name = escaped(title ?? link ?? 'Untitled')
  return link === undefined ? name : `<a href="${escaped(link)}">${name}</a>`
}

function dated({ date }: FeedItem): string {
  return date === undefined ? '' : `<p>${escaped(date)}</p>`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

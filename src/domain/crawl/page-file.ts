/** Longest file name that every common file system and unpacker takes, extension and a number included. */
const MAX_NAME = 120

interface PageHead {
  url: string
  title: string | null
  fetchedAt: string
  status: number
}

/** One page as a Markdown file with front matter, under a name that is readable, safe and not yet taken. */
export function pageFile(page: PageHead, markdown: string, taken: Set<string>): { name: string; text: string } {
  return { name: freeName(page.url, taken), text: `${frontMatter(page)}\n${markdown}\n` }
}

function freeName(url: string, taken: Set<string>): string {
  const { pathname, search } = new URL(url)
  const words = `${decodeLoosely(pathname)}${search}`.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
  const stem = words.replace(/^[-.]+|[-.]+$/g, '').slice(0, MAX_NAME) || 'index'
  for (let number = 1; ; number++) {
    const name = `${stem}${number > 1 ? `~${number}` : ''}.md`
    const folded = name.toLowerCase()
    if (taken.has(folded)) continue
    taken.add(folded)
    return name
  }
}

function decodeLoosely(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** YAML 1.2 takes every JSON string as it is. */
function frontMatter(page: PageHead): string {
  const { url, title, fetchedAt, status } = page
  const lines = [
    `url: ${JSON.stringify(url)}`,
    `title: ${JSON.stringify(title ?? '')}`,
    `fetchedAt: ${fetchedAt}`,
    `status: ${status}`,
  ]
  return `---\n${lines.join('\n')}\n---\n`
}

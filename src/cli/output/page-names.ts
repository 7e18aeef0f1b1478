import { fileStem, folded, marked, urlMark } from './file-name.ts'

interface Holder {
  stem: string
  mark: string
}

export interface NamedPage {
  file: string
  /** A page written earlier that has to give its name up. */
  renamed?: { from: string; to: string }
}

/**
 * File names of one crawl's pages. Names that two pages would share are given to neither: all of them carry a mark made
 * from their URL. So names depend on which pages there are, and not on the order in which a crawl came upon them.
 */
export class PageNames {
  /** Who holds a name alone; undefined: it is shared, and everyone carries a mark. */
  readonly #holders = new Map<string, Holder | undefined>()

  name(url: string): NamedPage {
    const page = { stem: fileStem(url), mark: urlMark(url) }
    const key = folded(page.stem)
    if (!this.#holders.has(key)) {
      this.#holders.set(key, page)
      return { file: `${page.stem}.md` }
    }
    const first = this.#holders.get(key)
    this.#holders.set(key, undefined)
    const file = markedFile(page)
    return first ? { file, renamed: { from: `${first.stem}.md`, to: markedFile(first) } } : { file }
  }
}

function markedFile({ stem, mark }: Holder): string {
  return `${marked(stem, mark)}.md`
}

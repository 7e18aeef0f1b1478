import { rename, writeFile } from 'node:fs/promises'
import type { Api } from '../api/api.ts'
import { DocumentReading } from '../api/crawl-reading.ts'
import { pageText } from './front-matter.ts'
import { LineFile } from './line-file.ts'
import { PageNames } from './page-names.ts'
import type { ResultFolder } from './result-folder.ts'

/** Documents per request: some hundred kilobytes as a rule, some tens of megabytes where they carry their raw HTML. */
const PAGES_AT_A_TIME = 50

export interface WrittenPages {
  pages: number
  /** Pages with Markdown, each a file. */
  files: number
}

/** `pages.jsonl`, and `pages/*.md` for the pages that have Markdown. */
export async function writePages(api: Api, crawlId: string, folder: ResultFolder): Promise<WrittenPages> {
  const lines = new LineFile(folder.staged('pages.jsonl'))
  const names = new PageNames()
  const written = { pages: 0, files: 0 }
  const all = api.list('GET /v1/crawls/{id}/pages', { crawlId, limit: PAGES_AT_A_TIME }, DocumentReading)
  for await (const documents of all) {
    await lines.write(documents.map(({ raw }) => raw))
    for (const { reading } of documents) {
      written.pages++
      if (await writeMarkdown(reading, names, folder)) written.files++
    }
  }
  await lines.close()
  return written
}

async function writeMarkdown(page: DocumentReading, names: PageNames, folder: ResultFolder): Promise<boolean> {
  if (page.markdown === undefined) return false
  const { file, renamed } = names.name(page.url)
  if (renamed) await rename(folder.staged('pages', renamed.from), folder.staged('pages', renamed.to))
  await writeFile(folder.staged('pages', file), pageText(page, page.markdown))
  return true
}

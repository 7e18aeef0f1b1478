import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Api, CrawlAnswer } from '../api/api.ts'
import { faultText } from '../api/attempt.ts'
import { CommandFault } from '../command-fault.ts'
import type { ResultFolder } from './result-folder.ts'
import { type WrittenPages, writePages } from './write-pages.ts'
import { type UrlTally, writeUrls } from './write-urls.ts'

/** A download that a restart cuts off starts over. */
const DOWNLOAD_ATTEMPTS = 4

export interface WrittenResult extends WrittenPages {
  tally: UrlTally
}

/** Writes all files of a result and puts them in place together. */
export async function writeResult(api: Api, ended: CrawlAnswer, folder: ResultFolder): Promise<WrittenResult> {
  const { id } = ended.crawl
  const pages = await writePages(api, id, folder)
  const tally = await writeUrls(api, id, folder)
  await downloadWarc(api, id, folder.staged('crawl.warc.gz'))
  await writeFile(folder.staged('crawl.json'), `${JSON.stringify(ended.raw, null, 2)}\n`)
  await folder.publish()
  return { ...pages, tally }
}

async function downloadWarc(api: Api, crawlId: string, path: string): Promise<void> {
  for (let attempts = 1; ; attempts++) {
    const response = await api.open('GET /v1/crawls/{id}/export', {
      params: { id: crawlId },
      query: { format: 'warc' },
    })
    if (!response.body) throw new CommandFault(1, 'The platform sent no WARC file.')
    try {
      return await pipeline(Readable.fromWeb(response.body), createWriteStream(path))
    } catch (error) {
      if (isDiskFault(error)) throw new CommandFault(1, `${path} can't be written: ${faultText(error)}`)
      if (attempts === DOWNLOAD_ATTEMPTS)
        throw new CommandFault(1, `The WARC file can't be downloaded: ${faultText(error)}`)
    }
  }
}

function isDiskFault(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && ['open', 'write'].includes(String(error.syscall))
}

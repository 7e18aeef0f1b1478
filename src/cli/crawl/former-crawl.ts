import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { badArguments } from '../command-fault.ts'

const Former = z.object({ id: z.uuid() })

/** The id of the crawl that `--since` names: itself, or the folder that its result was written to. */
export function formerCrawl(given: string, directory: string): string {
  if (z.uuid().safeParse(given).success) return given
  const file = join(resolve(directory, given), 'crawl.json')
  try {
    return Former.parse(JSON.parse(readFileSync(file, 'utf8'))).id
  } catch {
    throw badArguments(`--since needs the id of a crawl or the folder of its result; there is no crawl in ${file}.`)
  }
}

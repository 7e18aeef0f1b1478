import { rmdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { badArguments } from '../command-fault.ts'
import { folded } from './file-name.ts'
import { isAlive } from '../platform/instance.ts'

/** The files of a result beside its pages. `crawl.json` goes first and comes last: where it is, the result is whole. */
const WHOLE = 'crawl.json'
const BESIDE = ['pages.jsonl', 'urls.jsonl', 'crawl.warc.gz'] as const
const PAGES = 'pages'
/** Which files in `pages/` are ours; what else lies there is the user's. */
const OWN_PAGES = '.lapis-pages'
const UNFINISHED = '.unfinished-'

/**
 * A folder for the result of one crawl. Files are written to a hidden folder inside and moved into place when all of
 * them are whole; an earlier result makes room, other people's files stay.
 */
export class ResultFolder {
  readonly path: string
  readonly #staging: string
  /** The outermost folder that had to be made. */
  #made: string | undefined

  private constructor(path: string) {
    this.path = path
    this.#staging = join(path, `${UNFINISHED}${process.pid}`)
  }

  /** Makes sure that it can be written to, before anything is crawled. */
  static async open(path: string): Promise<ResultFolder> {
    const folder = new ResultFolder(path)
    try {
      folder.#made = await mkdir(path, { recursive: true })
      await removeAbandoned(path)
      await mkdir(join(folder.#staging, PAGES), { recursive: true })
      return folder
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw badArguments(`The result can't be written to ${path} (${reason}). Choose another folder with --out.`)
    }
  }

  /** Where a file is to be written until `publish`. */
  staged(...names: string[]): string {
    return join(this.#staging, ...names)
  }

  async publish(): Promise<void> {
    await rm(join(this.path, WHOLE), { force: true })
    await this.#publishPages()
    for (const name of [...BESIDE, WHOLE]) await rename(this.staged(name), join(this.path, name))
    await rm(this.#staging, { recursive: true, force: true })
  }

  async #publishPages(): Promise<void> {
    const target = join(this.path, PAGES)
    const fresh = await readdir(this.staged(PAGES))
    const earlier = new Set(await ownPages(this.path))
    // Should this be cut short, the next result still knows which files were ours.
    await this.#claim([...new Set([...earlier, ...fresh])])
    await mkdir(target, { recursive: true })
    await makeRoom(target, earlier, new Set(fresh.map(folded)))
    for (const name of fresh) await rename(this.staged(PAGES, name), join(target, name))
    await this.#claim(fresh)
  }

  async #claim(names: readonly string[]): Promise<void> {
    await writeFile(join(this.path, OWN_PAGES), names.map((name) => `${name}\n`).join(''))
  }

  /** Leaves nothing behind of what was not published. Synchronous, so that a process on its way out can do it. */
  discard(): void {
    rmSync(this.#staging, { recursive: true, force: true })
    if (this.#made !== undefined) removeEmpty(this.path, this.#made)
  }
}

/** Removes a folder and those around it, up to the outermost one, as far as they are empty. */
function removeEmpty(path: string, outermost: string): void {
  try {
    rmdirSync(path)
    if (path !== outermost) removeEmpty(dirname(path), outermost)
  } catch {
    // Not empty: it holds a result.
  }
}

async function ownPages(path: string): Promise<string[]> {
  const list = await readFile(join(path, OWN_PAGES), 'utf8').catch(() => '')
  return list.split('\n').filter((name) => name !== '')
}

/** Removes the earlier result's pages; a user's own file whose name is needed is renamed. */
async function makeRoom(target: string, earlier: ReadonlySet<string>, needed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(target)) {
    const path = join(target, name)
    if (earlier.has(name)) await rm(path)
    else if (needed.has(folded(name))) await rename(path, `${path}.kept`)
  }
}

async function removeAbandoned(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    if (!name.startsWith(UNFINISHED)) continue
    const pid = Number(name.slice(UNFINISHED.length))
    if (pid > 0 && !isAlive({ pid })) await rm(join(path, name), { recursive: true, force: true })
  }
}

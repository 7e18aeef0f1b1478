import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ResultFolder } from '../../../../src/cli/output/result-folder.ts'

let root = ''
let out = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lapis-result-'))
  out = join(root, 'made', 'here')
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

async function staged(...pages: string[]): Promise<ResultFolder> {
  const folder = await ResultFolder.open(out)
  for (const name of pages) writeFileSync(folder.staged('pages', name), `new ${name}`)
  for (const name of ['pages.jsonl', 'urls.jsonl', 'crawl.warc.gz', 'crawl.json'])
    writeFileSync(folder.staged(name), 'new')
  return folder
}

describe('a result folder', () => {
  it('shows nothing of a result before it is published', async () => {
    const folder = await staged('index.md')
    expect(readdirSync(out).filter((name) => !name.startsWith('.'))).toEqual([])
    await folder.publish()
    expect(readdirSync(out).toSorted()).toEqual([
      '.lapis-pages',
      'crawl.json',
      'crawl.warc.gz',
      'pages',
      'pages.jsonl',
      'urls.jsonl',
    ])
  })

  it('leaves nothing of a result that was discarded, not even the folders it made', async () => {
    const folder = await staged('index.md')
    folder.discard()
    expect(readdirSync(root)).toEqual([])
  })

  it('keeps a published result when discarded afterwards', async () => {
    const folder = await staged('index.md')
    await folder.publish()
    folder.discard()
    expect(readdirSync(join(out, 'pages'))).toEqual(['index.md'])
  })

  it('replaces the pages of an earlier result', async () => {
    await (await staged('index.md', 'gone.md')).publish()
    await (await staged('index.md', 'fresh.md')).publish()
    expect(readdirSync(join(out, 'pages')).toSorted()).toEqual(['fresh.md', 'index.md'])
  })

  it("leaves other people's files alone", async () => {
    mkdirSync(join(out, 'pages'), { recursive: true })
    writeFileSync(join(out, 'notes.txt'), 'mine')
    writeFileSync(join(out, 'pages', 'mine.md'), 'mine')
    writeFileSync(join(out, 'pages', 'Index.md'), 'mine')
    await (await staged('index.md')).publish()
    await (await staged('index.md')).publish()
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine')
    expect(readFileSync(join(out, 'pages', 'mine.md'), 'utf8')).toBe('mine')
    expect(readFileSync(join(out, 'pages', 'Index.md.kept'), 'utf8')).toBe('mine')
    expect(readFileSync(join(out, 'pages', 'index.md'), 'utf8')).toBe('new index.md')
  })

  it('has no crawl.json while it is being replaced', async () => {
    await (await staged('index.md')).publish()
    const folder = await staged('index.md')
    rmSync(folder.staged('urls.jsonl'))
    await expect(folder.publish()).rejects.toThrow('urls.jsonl')
    expect(readdirSync(out)).not.toContain('crawl.json')
  })

  it('clears up after a command that was killed, and not after one that runs', async () => {
    const gone = join(out, '.unfinished-999999999')
    const running = join(out, `.unfinished-${process.ppid}`)
    for (const path of [gone, running]) mkdirSync(path, { recursive: true })
    await ResultFolder.open(out)
    expect(readdirSync(out)).not.toContain('.unfinished-999999999')
    expect(readdirSync(out)).toContain(`.unfinished-${process.ppid}`)
  })

  it('refuses a path under a file, as a bad argument', async () => {
    writeFileSync(join(root, 'file'), '')
    await expect(ResultFolder.open(join(root, 'file', 'out'))).rejects.toMatchObject({ exitCode: 2 })
  })
})

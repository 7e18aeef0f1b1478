import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, jsonLines, runCli } from './cli-process.ts'

interface Page {
  url: string
  status: number
  title: string
  language: string
  markdown: string
}

interface ConsideredUrl {
  url: string
  state: string
  reason?: string
  status?: number
  attempts: number
}

let root = ''
let ended: Ended
let pages = new Map<string, Page>()
let urls = new Map<string, ConsideredUrl>()
let summary: Record<string, unknown> | undefined

function byPath<Item extends { url: string }>(name: string): Map<string, Item> {
  const items = jsonLines(readFileSync(join(root, 'out', name), 'utf8')) as unknown as Item[]
  return new Map(items.map((item) => [new URL(item.url).pathname, item]))
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lapis-demo-test-'))
  // Its temporary files go where the test can see what is left of them.
  ended = await runCli(['crawl', '--demo', '--json', '--out', join(root, 'out')], { environment: { TMPDIR: root } })
  if (!existsSync(join(root, 'out', 'crawl.json'))) throw new Error(`no result:\n${ended.stderr}`)
  pages = byPath('pages.jsonl')
  urls = byPath('urls.jsonl')
  summary = jsonLines(ended.stdout).at(-1)
}, 120_000)

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

describe('the demo, for real', () => {
  it('completes within a minute, exits with 0 and leaves nothing but the result', () => {
    expect(ended).toMatchObject({ exitCode: 0 })
    expect(summary).toMatchObject({ type: 'summary', status: 'completed' })
    expect(readdirSync(root)).toEqual(['out'])
  })

  it.each([
    ['/de/', 'de', '„von jenseits des Meeres“'],
    ['/fr/', 'fr', 'l’œuvre de cinq siècles'],
    ['/es/', 'es', '¡Vengan a verlo!'],
    ['/pt/', 'pt', 'O rés-do-chão é azul'],
    ['/pl/', 'pl', 'Zażółć gęślą jaźń'],
    ['/el/', 'el', 'Το γαλάζιο νήμα'],
    ['/ru/', 'ru', '«Ёлки'],
    ['/he/', 'he', 'החוט הכחול'],
    ['/ar/', 'ar', 'الخيط الأزرق'],
    ['/hi/', 'hi', 'नीला धागा'],
    ['/ja/', 'ja', 'ソの字も表も'],
    ['/ja/kumo.html', 'ja', '蜘蛛の糸'],
    ['/zh/', 'zh-Hans', '青金石不是矿物'],
    ['/zh-tw/', 'zh-Hant', '成功的配方'],
    ['/ko/', 'ko', '푸른 실'],
    ['/vi/', 'vi', 'Sợi chỉ xanh'],
    ['/sv/', 'sv', 'Räksmörgås'],
  ])('reads %s (%s) whatever its encoding', (path, language, words) => {
    const page = pages.get(path)
    expect(page?.language).toBe(language)
    expect(`${page?.title}\n${page?.markdown}`).toContain(words)
  })

  it.each([
    ['/lapis.html', '| Lazurite | deep blue |'],
    ['/orb-web.html', '1. **The bridge.**'],
    ['/code.html', '```python\nfrom math import cos, sin, tau'],
    ['/guestbook.html', 'Goodbye, and thank you for the spider'],
    ['/timeline.html', 'A timeline of blue'],
    ['/slow.html', 'Eleven drawers'],
    ['/notes.txt', 'She knows the way to the kettle.'],
    ['/plan.pdf', '# The floor plan'],
    ['/new/entrance.html', 'The new entrance'],
    ['/hidden-room.html', 'The hidden room'],
  ])('records %s with its text', (path, words) => {
    expect(pages.get(path)?.markdown).toContain(words)
  })

  it.each([
    ['/private/inventory.html', 'skipped', 'robots'],
    ['/calendar/2026/11/', 'skipped', 'robots'],
    ['/maze/deeper/deeper/deeper/', 'skipped', 'trap'],
    ['/kettle.html', 'skipped', 'nofollow'],
    ['/catalogue', 'skipped', 'content_type'],
    ['/friends', 'skipped', 'scope'],
    ['/lost.html', 'failed', 'http_error'],
    ['/broken', 'failed', 'http_error'],
    ['/loop/b', 'failed', 'redirect_loop'],
    ['/old/entrance', 'duplicate', 'redirect'],
  ])('explains %s: %s, %s', (path, state, reason) => {
    expect(urls.get(path)).toMatchObject({ state, reason })
  })

  it('records a page once that has two addresses', () => {
    const states = ['/about.html', '/about/print'].map((path) => urls.get(path))
    expect(new Set(states.map((url) => url?.state))).toEqual(new Set(['duplicate', 'fetched']))
    expect(states.find((url) => url?.state === 'duplicate')?.reason).toBe('same_content')
  })

  it('tries a server error again, and a missing page not', () => {
    expect([urls.get('/broken')?.attempts, urls.get('/lost.html')?.attempts]).toEqual([3, 1])
  })

  it('has a file for every page, and an archive of all of them', () => {
    expect(readdirSync(join(root, 'out', 'pages'))).toHaveLength(pages.size)
    expect(readFileSync(join(root, 'out', 'pages', 'ja.md'), 'utf8')).toMatch(
      /^---\nurl: ".*\/ja\/"\ntitle: "青い糸"\nfetchedAt: .*Z\nstatus: 200\n---\n/,
    )
    const archive = gunzipSync(readFileSync(join(root, 'out', 'crawl.warc.gz'))).toString('latin1')
    expect(archive.match(/^WARC-Type: response\r$/gm)).toHaveLength(pages.size)
  })
})

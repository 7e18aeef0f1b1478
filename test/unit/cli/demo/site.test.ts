import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoSite, createDemoSite } from '../../../../src/cli/demo/site.ts'

let site: DemoSite

beforeAll(async () => {
  site = await createDemoSite()
})

afterAll(() => site.close())

function get(path: string): Promise<Response> {
  return fetch(`${site.url}${path}`, { redirect: 'manual' })
}

describe('the demo site', () => {
  // The bytes are in these encodings, whatever an editor or git may have wanted to make of them.
  it.each([
    ['/de/', 'windows-1252', '„von jenseits des Meeres“'],
    ['/fr/', 'windows-1252', 'l’œuvre de cinq siècles'],
    ['/es/', 'utf-8', '¡Vengan a verlo!'],
    ['/pt/', 'iso-8859-1', 'O rés-do-chão é azul'],
    ['/pl/', 'iso-8859-2', 'Zażółć gęślą jaźń'],
    ['/el/', 'iso-8859-7', 'Το γαλάζιο νήμα'],
    ['/ru/', 'windows-1251', '«Ёлки'],
    ['/he/', 'windows-1255', 'החוט הכחול'],
    ['/ar/', 'utf-8', 'الخيط الأزرق'],
    ['/hi/', 'utf-8', 'नीला धागा'],
    ['/ja/', 'shift_jis', 'ソの字も表も'],
    ['/ja/kumo.html', 'euc-jp', '蜘蛛の糸'],
    ['/zh/', 'gbk', '青金石不是矿物'],
    ['/zh-tw/', 'big5', '成功的配方'],
    ['/ko/', 'euc-kr', '푸른 실'],
    ['/vi/', 'utf-16le', 'Sợi chỉ xanh'],
    ['/sv/', 'utf-16be', 'Räksmörgås'],
  ])('serves %s in %s', async (path, charset, words) => {
    const bytes = await (await get(path)).arrayBuffer()
    expect(new TextDecoder(charset, { fatal: true }).decode(bytes)).toContain(words)
  })

  it.each([
    ['/', 200],
    ['/timeline.html', 200],
    ['/slow.html', 200],
    ['/about/print', 200],
    ['/calendar/2026/11/', 200],
    ['/maze/deeper/deeper/', 200],
    ['/old/entrance', 301],
    ['/loop/a', 302],
    ['/lost.html', 404],
    ['/../site.ts', 404],
    ['/%2e%2e/site.ts', 404],
    ['/.gitattributes', 404],
    ['/broken', 500],
  ])('answers %s with %i', async (path, status) => {
    const response = await get(path)
    await response.arrayBuffer()
    expect(response.status).toBe(status)
  })

  it('names a page in its sitemap that no page links to', async () => {
    expect(await (await get('/sitemap.xml')).text()).toContain(`<loc>${site.url}/hidden-room.html</loc>`)
  })
})

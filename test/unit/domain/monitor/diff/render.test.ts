import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Block } from '../../../../../src/domain/monitor/block.ts'
import { diffBlocks } from '../../../../../src/domain/monitor/diff/diff-blocks.ts'
import { renderInline, renderSideBySide } from '../../../../../src/domain/monitor/diff/render/html.ts'
import { renderUnified } from '../../../../../src/domain/monitor/diff/render/unified.ts'

const folder = mkdtempSync(join(tmpdir(), 'lapis-patch-'))
afterAll(() => rmSync(folder, { recursive: true }))

function blocks(...lines: string[]): Block[] {
  return lines.map((text, index) => ({ key: `p:${index}`, text, under: '' }))
}

const names = ['before', 'after'] as const
/** Not every machine has it; the format's own tests below need none. */
const hasPatch = spawnSync('patch', ['--version']).status === 0

/** What POSIX `patch` makes of the former version. */
function patched(before: readonly Block[], patch: string): string {
  const path = join(folder, 'version.txt')
  writeFileSync(path, before.map(({ text }) => `${text}\n`).join(''))
  execFileSync('patch', ['--silent', path], { input: patch })
  return readFileSync(path, 'utf8')
}

const long = Array.from({ length: 40 }, (_, index) => `Line ${index}`)

describe('38: unified text', () => {
  it.skipIf(!hasPatch).each([
    ['an edit', long, long.with(20, 'Other')],
    ['edits far apart', long, long.with(2, 'x').with(35, 'y')],
    ['an insertion at the start', long, ['first', ...long]],
    ['a removal at the end', long, long.slice(0, -2)],
    ['everything from nothing', [], ['a', 'b']],
    ['nothing from everything', ['a', 'b'], []],
    [
      'lines that look like a patch',
      ['--- a', '+++ b', '@@ -1 +1 @@'],
      ['--- a', '-', '+++ c', '@@ -1 +1 @@', '\\ No'],
    ],
  ])('applies with patch: %s', (_name, before, after) => {
    const patch = renderUnified(blocks(...before), blocks(...after), { names })
    expect(patched(blocks(...before), patch)).toBe(after.map((line) => `${line}\n`).join(''))
  })

  it('has the context that is asked for', () => {
    const lines = (context: number) =>
      renderUnified(blocks(...long), blocks(...long.with(20, 'x')), { names, context })
        .trimEnd()
        .split('\n').length
    expect([lines(0), lines(1), lines(3)]).toEqual([5, 7, 11])
  })

  it('leaves out what differs in case or space alone, when asked', () => {
    const [one, other] = [blocks('One two'), blocks('ONE  TWO')]
    expect(renderUnified(one, other, { names, ignoreCase: true, ignoreWhitespace: true })).toBe('')
    expect(renderUnified(one, other, { names, ignoreCase: true })).not.toBe('')
  })
})

describe('HTML', () => {
  const before = blocks('<script>alert(1)</script> stays here', 'Price $90.00 today', 'Gone')
  const after = blocks('<script>alert(1)</script> stays here', 'Price $9.00 today', '"><img src=x onerror=alert(1)>')
  const options = { title: `<b>'Shop'</b>`, names }

  it.each([
    ['inline', renderInline],
    ['side by side', renderSideBySide],
  ])('43: text of the page is never markup: %s', (_name, render) => {
    const html = render(before, after, options)
    expect(html).not.toMatch(/<script|<img|<b>/)
    expect(html).toContain('&lt;script&gt;')
  })

  it('marks words inside a block, and says in words what the marks mean', () => {
    const html = renderInline(before, after, options)
    expect(html).toContain('<del><span class="note">Removed: </span>$90.00</del>')
    expect(html).toContain('<ins><span class="note">Added: </span>$9.00</ins>')
  })

  it('folds what is far from any change', () => {
    const html = renderSideBySide(blocks(...long), blocks(...long.with(20, 'x')), options)
    expect(html).toContain('… 17 unchanged …')
    expect(html).not.toContain('<td>Line 3</td>')
  })
})

describe('blocks', () => {
  it('26 ★: swapped values and digit permutations are seen', () => {
    const swapped = diffBlocks(blocks('Adults', '8', 'Children', '3'), blocks('Adults', '3', 'Children', '8'))
    expect(swapped.blocks.some(({ kind }) => kind !== 'moved')).toBe(true)
    expect(diffBlocks(blocks('$129'), blocks('$192')).blocks).toMatchObject([{ kind: 'changed', after: '$192' }])
  })

  it('a label that every card has carries no value along', () => {
    const cards = (first: string, second: string) => blocks('Apple', 'Price', first, 'Pear', 'Price', second)
    const { blocks: changes } = diffBlocks(cards('10', '20'), cards('20', '10'))
    expect(changes.some(({ kind }) => kind !== 'moved')).toBe(true)
  })

  it('moved is not changed', () => {
    const item = (text: string): Block => ({ key: text, text, under: 'Fruit', item: true })
    const { blocks: changes, summary } = diffBlocks(
      ['Apples', 'Pears', 'Plums', 'Figs'].map(item),
      ['Figs', 'Pears', 'Apples', 'Plums'].map(item),
    )
    expect(changes.every(({ kind }) => kind === 'moved')).toBe(true)
    expect(summary).toMatchObject({ added: 0, removed: 0, changedRatio: 0 })
  })

  it('scores changed words against the longer version', () => {
    const { summary } = diffBlocks(blocks('a b c d', 'e f g h'), blocks('a b c x', 'e f g h', 'i j'))
    expect(summary).toEqual({ added: 3, removed: 1, moved: 0, changedRatio: 0.3 })
  })
})

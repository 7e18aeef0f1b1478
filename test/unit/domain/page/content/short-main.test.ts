import { expect, it } from 'vitest'
import { readPage } from '../../../../../src/domain/page/read-page.ts'

function textOf(html: string): string {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['text'] as const)
  const request = { url: 'https://site.test/', contentType: 'text/html; charset=utf-8', body, formats }
  return (readPage({ ...request, onlyMainContent: true }).text ?? '').replaceAll(/\s+/g, ' ').trim()
}

it('a short page keeps what its author called the main part of it', () => {
  expect(textOf('<main><h1>500</h1>oops</main>')).toBe('500 oops')
  const shop =
    '<h1>Tea</h1><p class=price>12 EUR</p><p class=date>3 March 2026</p><a href=/more>More</a><span>1,234</span>'
  expect(textOf(`<nav><a href=/>Home</a></nav><main>${shop}</main><footer>Imprint</footer>`)).toBe(
    'Tea 12 EUR 3 March 2026 More1,234',
  )
})

it('but for menus in it', () => {
  expect(textOf('<main><nav><a href=/a>First</a></nav><p>What it says.</p></main>')).toBe('What it says.')
})

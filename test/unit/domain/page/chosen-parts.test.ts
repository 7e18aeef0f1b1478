import { describe, expect, it } from 'vitest'
import { readPage } from '../../../../src/domain/page/read-page.ts'

function reading(html: string, selectors: { includeSelectors?: string[]; excludeSelectors?: string[] }) {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['text'] as const)
  return readPage({
    url: 'https://site.test/',
    contentType: 'text/html',
    body,
    formats,
    onlyMainContent: false,
    ...selectors,
  })
}

describe('selectors of what a page is read for', () => {
  it('keep and drop', () => {
    const { text } = reading('<p>a</p><p class=x>b<i>c</i></p>', { includeSelectors: ['.x'], excludeSelectors: ['i'] })
    expect(text).toBe('b')
  })

  it('end where they look at too much, and the page is read all the same', () => {
    const start = performance.now()
    const { text, warnings } = reading(`${'<div>'.repeat(400)}x`, { excludeSelectors: [`nope ${'div '.repeat(20)}`] })
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(text).toBe('x')
    expect(warnings).toContainEqual({ code: 'invalid_selector', detail: 'The selector looks at too many nodes.' })
  })
})

import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { readPage } from '../../../../src/domain/page/read-page.ts'
import { demoPages, mutatedPage } from '../../../fixtures/pages/mutated-page.ts'

const MUTATED = Array.from({ length: 150 }, (_, index) => index + 1)

function markdown(body: Uint8Array | string, contentType = 'text/html;charset=utf-8'): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const formats = new Set(['markdown'] as const)
  const page = { url: 'https://a.test/x/', contentType, body: bytes, formats, onlyMainContent: false }
  return readPage(page).markdown ?? ''
}

/** As GitHub and most tools read it. */
function there(written: string): string {
  return marked.parse(written, { gfm: true, async: false })
}

describe('Markdown made HTML and Markdown again', () => {
  it.each(demoPages())('is the same: %s', (_name, html) => {
    const written = markdown(html)
    expect(markdown(there(written))).toBe(written)
  })

  it('settles at once, whatever it was made of', () => {
    const unsettled = MUTATED.filter((seed) => {
      const again = markdown(there(markdown(mutatedPage(seed), 'text/html')))
      return markdown(there(again)) !== again
    })
    expect(unsettled).toEqual([])
  })
})

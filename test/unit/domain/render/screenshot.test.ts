import { describe, expect, it } from 'vitest'
import { browserFormats, namedFormats } from '../../../../src/domain/crawl/page-formats.ts'
import { PLAIN_PDF, paperSize } from '../../../../src/domain/render/pdf.ts'
import { PLAIN_SCREENSHOT, cutDetail, pictured } from '../../../../src/domain/render/screenshot.ts'

describe('what a picture shows', () => {
  it.each([
    ['all of a window', { width: 1280, height: 1024 }, 1, { width: 1280, height: 1024 }],
    ['whole pixels', { width: 100.2, height: 50.7 }, 1, { width: 101, height: 51 }],
    ['something of what has next to no height', { width: 10, height: 0.2 }, 1, { width: 10, height: 1 }],
    ['as far down as 16,000 pixels', { width: 800, height: 90_000 }, 1, { width: 800, height: 16_000 }],
    ['half as far where a pixel is two', { width: 390, height: 90_000 }, 2, { width: 390, height: 8_000 }],
    ['40 million pixels in all', { width: 4_000, height: 90_000 }, 1, { width: 4_000, height: 10_000 }],
    ['the left of what is wider', { width: 40_000, height: 500 }, 1, { width: 16_000, height: 500 }],
  ])('%s', (_, area, scale, shown) => {
    expect(pictured(area, scale)).toEqual(shown)
  })

  it('is told where it is not all', () => {
    expect(cutDetail({ width: 800, height: 600 }, { width: 800, height: 600 })).toBeUndefined()
    expect(cutDetail({ width: 800, height: 90_000 }, { width: 800, height: 16_000 })).toMatch(
      /^The screenshot shows 800 x 16000 pixels of 800 x 90000/,
    )
  })
})

describe('a browser’s part of the formats', () => {
  const asked = { type: 'screenshot', fullPage: true, width: 900, height: 700, format: 'webp' } as const
  const paper = { type: 'pdf', paper: 'Letter', landscape: true } as const

  it.each([
    ['by name', ['markdown', 'screenshot', 'pdf'] as const, { screenshot: PLAIN_SCREENSHOT, pdf: PLAIN_PDF }],
    ['with more to say', ['markdown', asked, paper] as const, { screenshot: asked, pdf: paper }],
    ['not at all', ['markdown'] as const, {}],
  ])('is wished for %s', (_, formats, wish) => {
    expect(browserFormats(formats)).toEqual(wish)
    expect(namedFormats(formats)).toEqual(['markdown'])
  })
})

it.each(['A3', 'A4', 'A5', 'Letter', 'Legal'] as const)('a sheet of %s is upright', (paper) => {
  const { width, height } = paperSize(paper)
  expect(height).toBeGreaterThan(width)
})

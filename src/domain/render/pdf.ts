/** A page on paper, as it is wished for. */
export interface PdfWish {
  paper: Paper
  landscape: boolean
}

export type Paper = 'A3' | 'A4' | 'A5' | 'Letter' | 'Legal'

export const PLAIN_PDF: PdfWish = { paper: 'A4', landscape: false }

/** Inches; ISO 216 and ANSI/ASME Y14.1. */
const PAPERS: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  A3: [11.69, 16.54],
  A4: [8.27, 11.69],
  A5: [5.83, 8.27],
  Letter: [8.5, 11],
  Legal: [8.5, 14],
}

export const MOST_PDF_PAGES = 200
/** A Worker holds it twice while it takes it. */
export const MOST_PDF_BYTES = 12_000_000

/** Upright, in inches. */
export function paperSize(paper: Paper): { width: number; height: number } {
  const [width, height] = PAPERS[paper]
  return { width, height }
}

import { whyShell } from '../../../src/domain/render/empty-shell.ts'
import { pageEvidence } from '../../../src/domain/render/page-evidence.ts'
import type { Report } from '../run.ts'
import { LABELLED_PAGES } from './labelled-pages.ts'

const ROUNDS = 50

/** How well the rule of `render: "auto"` tells pages that need a browser, on labelled pages, and what it costs. */
export function autoMode(report: Report): void {
  const verdicts = LABELLED_PAGES.map((page) => ({ ...page, renders: needsBrowser(page.source) }))
  const needing = verdicts.filter((page) => page.needsBrowser)
  const rendered = verdicts.filter((page) => page.renders)
  for (const page of verdicts)
    if (page.renders !== page.needsBrowser)
      console.error(`${page.renders ? 'rendered in vain' : 'missed'}: ${page.name}`)
  const right = rendered.filter((page) => page.needsBrowser).length
  report({ name: 'render.auto.pages', value: LABELLED_PAGES.length, unit: 'pages' })
  report({ name: 'render.auto.recall', value: right / needing.length, unit: 'ratio' })
  report({ name: 'render.auto.precision', value: right / rendered.length, unit: 'ratio' })
  const since = performance.now()
  for (let round = 0; round < ROUNDS; round++) for (const { source } of LABELLED_PAGES) needsBrowser(source)
  const perPage = (performance.now() - since) / ROUNDS / LABELLED_PAGES.length
  report({ name: 'render.auto.evidence', value: perPage, unit: 'ms/page' })
}

function needsBrowser(source: string): boolean {
  return whyShell(pageEvidence(source)) !== undefined
}

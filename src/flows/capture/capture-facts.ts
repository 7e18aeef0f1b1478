import type { Document } from '../../contracts/api/document.ts'
import type { PageWarning } from '../../domain/page/page.ts'
import type { Capture } from '../../net/rendering/capture.ts'
import type { Rendering } from '../render/read-or-render.ts'
import type { KeptCaptures } from './keep-captures.ts'

export function capturesIn(rendering: Rendering | undefined): Capture[] {
  const ofActions = rendering?.performed?.screenshots.map(({ capture }) => capture) ?? []
  return [rendering?.screenshot, rendering?.pdf, ...ofActions].filter((capture) => capture !== undefined)
}

/** What a Document says of its captures, and of what its actions have found out. */
export function captureFacts(
  rendering: Rendering | undefined,
  urlOf: KeptCaptures['urlOf'],
): Pick<Document, 'screenshotUrl' | 'pdfUrl' | 'actions'> {
  const url = rendering?.screenshot && urlOf(rendering.screenshot)
  const pdfUrl = rendering?.pdf && urlOf(rendering.pdf)
  const performed = rendering?.performed
  return {
    ...(url !== undefined && { screenshotUrl: url }),
    ...(pdfUrl !== undefined && { pdfUrl }),
    ...(performed && {
      actions: {
        screenshots: performed.screenshots.map(({ index, capture }) => ({ index, url: urlOf(capture) ?? '' })),
        evaluations: performed.evaluations,
      },
    }),
  }
}

/** Where a picture does not show everything. */
export function captureWarnings(rendering: Rendering | undefined): PageWarning[] {
  return capturesIn(rendering).flatMap(({ cut }) =>
    cut === undefined ? [] : [{ code: 'screenshot_cut', detail: cut }],
  )
}

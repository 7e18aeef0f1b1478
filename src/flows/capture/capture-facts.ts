import type { Document } from '../../contracts/api/document.ts'
import type { PageWarning } from '../../domain/page/page.ts'
import type { Capture } from '../../net/rendering/capture.ts'
import type { Rendering } from '../render/read-or-render.ts'
import type { KeptCaptures } from './keep-captures.ts'

export function capturesIn(rendering: Rendering | undefined): Capture[] {
  return rendering?.screenshot ? [rendering.screenshot] : []
}

/** What a Document says of its captures. */
export function captureFacts(
  rendering: Rendering | undefined,
  urlOf: KeptCaptures['urlOf'],
): Pick<Document, 'screenshotUrl'> {
  const url = rendering?.screenshot && urlOf(rendering.screenshot)
  return url === undefined ? {} : { screenshotUrl: url }
}

/** Where a picture does not show everything. */
export function captureWarnings(rendering: Rendering | undefined): PageWarning[] {
  return capturesIn(rendering).flatMap(({ cut }) =>
    cut === undefined ? [] : [{ code: 'screenshot_cut', detail: cut }],
  )
}

import { MOST_PICTURES_BYTES, MOST_RESULTS } from '../../domain/render/action.ts'
import type { PageWarning } from '../../domain/page/page.ts'
import type { Capture } from './capture.ts'
import { ActionFault } from './action-fault.ts'

/** JSON as text, or a picture. */
export type ActionResult = { json: string } | { capture: Capture }

/** What was done to one page before it was read has brought to light; actions by their places among them. */
export class Performed {
  readonly screenshots: { index: number; capture: Capture }[] = []
  readonly evaluations: { index: number; value: unknown }[] = []
  readonly warnings: PageWarning[] = []
  #pictureBytes = 0
  #characters = 0

  add(index: number, result: ActionResult): void {
    if ('capture' in result) this.#addPicture(index, result.capture)
    else this.#addValue(index, result.json)
  }

  #addPicture(index: number, capture: Capture): void {
    this.#pictureBytes += capture.bytes.byteLength
    if (this.#pictureBytes > MOST_PICTURES_BYTES)
      throw new ActionFault(`the pictures of one page may take ${MOST_PICTURES_BYTES / 1_000_000} MB together`)
    this.screenshots.push({ index, capture })
  }

  #addValue(index: number, json: string): void {
    this.#characters += json.length
    if (this.#characters > MOST_RESULTS)
      throw new ActionFault(`the results of one page may have ${MOST_RESULTS} characters of JSON together`)
    this.evaluations.push({ index, value: JSON.parse(json) })
  }
}

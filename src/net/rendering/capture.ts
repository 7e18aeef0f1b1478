/** Something to look at that a browser made of a page. */
export interface Capture {
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
  /** What of the page it does not show, in words. */
  cut?: string
}

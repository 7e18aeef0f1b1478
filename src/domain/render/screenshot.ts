/** A picture of a page, as it is wished for. Sizes in CSS pixels. */
export interface ScreenshotWish {
  /** The whole page, or what a window shows of it. */
  fullPage: boolean
  /** Of the window; absent: the visitor's. */
  width?: number | undefined
  height?: number | undefined
  format: PictureFormat
  /** 1 to 100; of JPEG and WebP. */
  quality?: number | undefined
  /** CSS: the first element that matches, and nothing else. */
  selector?: string | undefined
}

export type PictureFormat = 'png' | 'jpeg' | 'webp'

export const PLAIN_SCREENSHOT: ScreenshotWish = { fullPage: false, format: 'png' }

/** Device pixels. Chromium draws up to 16,384 in either direction, WebP holds 16,383. */
const MOST_SIDE = 16_000
/** Device pixels: 160 MB while it is drawn. */
const MOST_AREA = 40_000_000

export interface Size {
  width: number
  height: number
}

/** As much of an area as a picture can show, from its upper left corner. CSS pixels, `scale` device pixels each. */
export function pictured(area: Size, scale: number): Size {
  const width = Math.min(Math.max(1, Math.ceil(area.width)), Math.floor(MOST_SIDE / scale))
  const tallest = Math.min(MOST_SIDE / scale, MOST_AREA / (width * scale ** 2))
  return { width, height: Math.min(Math.max(1, Math.ceil(area.height)), Math.floor(tallest)) }
}

/** In words for a warning, where a picture does not show all that was wished for. */
export function cutDetail(wished: Size, shown: Size): string | undefined {
  if (shown.width >= wished.width && shown.height >= wished.height) return undefined
  const size = ({ width, height }: Size): string => `${Math.ceil(width)} x ${Math.ceil(height)} pixels`
  return `The screenshot shows ${size(shown)} of ${size(wished)}: a picture has at most ${MOST_SIDE} in each direction, ${MOST_AREA / 1_000_000} million in all, and ${MOST_PICTURE_BYTES / 1_000_000} MB.`
}

/** A Worker holds a picture twice while it takes it. */
export const MOST_PICTURE_BYTES = 12_000_000

export function pictureType(format: PictureFormat): string {
  return `image/${format}`
}

import type { ScreenshotWish } from './screenshot.ts'

/** Something to do to a page once it stands, before it is read. */
export type Action =
  | { type: 'click'; selector: string }
  /** Into what has the focus, or into what the selector finds; `clear` takes away what is there. */
  | { type: 'type'; selector?: string | undefined; text: string; clear: boolean }
  | { type: 'press'; key: string }
  /** By `pixels`, or by what the window or the element shows. */
  | { type: 'scroll'; direction: Direction; pixels?: number | undefined; selector?: string | undefined }
  | { type: 'wait'; milliseconds?: number | undefined; selector?: string | undefined }
  | ({ type: 'screenshot' } & Omit<ScreenshotWish, 'width' | 'height'>)
  /** In the page's own world, as its console would. */
  | { type: 'evaluate'; script: string }

export type Direction = 'up' | 'down' | 'left' | 'right'

/** Characters of JSON that one `evaluate` may give, and all of a page's together: they are kept in the page's row. */
export const MOST_RESULT = 20_000
export const MOST_RESULTS = 100_000

/** Bytes of all pictures of one page together: a Worker holds them until the page is recorded. */
export const MOST_PICTURES_BYTES = 24_000_000

/** `Control+Shift+A` as modifiers and the key. */
export function keysOf(press: string): { modifiers: string[]; key: string } {
  const parts = press.match(/^((?:\w+\+)*)(.+)$/)
  const modifiers = (parts?.[1] ?? '').split('+').filter((part) => part !== '')
  return { modifiers, key: parts?.[2] ?? press }
}

/** How an action is named where it fails. */
export function actionName(action: Action, index: number): string {
  const of = 'selector' in action && action.selector !== undefined ? ` ${action.selector}` : ''
  const what = action.type === 'press' ? ` ${action.key}` : of
  return `actions.${index} (${action.type}${what.slice(0, 100)})`
}

export function hasPicture(actions: readonly Action[]): boolean {
  return actions.some(({ type }) => type === 'screenshot')
}

import type { HeaderField } from '../../domain/archive/header-lines.ts'
import type { PageWarning } from '../../domain/page/page.ts'
import type { BrowserWishes } from '../../domain/render/browser-wishes.ts'
import type { Capture } from './capture.ts'
import type { Performed } from './performed.ts'

/** An HTML answer that was fetched already: the browser is given it, and asks the site only for what it refers to. */
export interface FetchedHtml {
  url: string
  status: number
  headers: HeaderField[]
  body: Uint8Array
}

/** Told of the documents that actions lead to. */
export interface Visits {
  /** Before it is loaded; waits for its turn. Undefined, or why it must not be. */
  ask(url: string): Promise<string | undefined>
  answered(url: string, answer: { status: number; headers: [string, string][] }): Promise<void>
}

export interface RenderWishes extends BrowserWishes {
  /** Goes with requests to these hosts only: credentials among them. */
  headers: Record<string, string>
  headerHosts: readonly string[]
  userAgent: string
  /** `name=value; …` as a Cookie header for the page's URL. */
  cookies: string
  visits: Visits
  /** Most characters of the document as it stands at the end. */
  maxCharacters: number
  /** Epoch milliseconds until which a free browser is waited for. */
  freeBy: number
  /** What the page may take once it has a browser; what stands there then is taken. */
  timeoutMs: number
}

export interface RenderOrder extends RenderWishes {
  page: FetchedHtml
  /** Epoch milliseconds: `timeoutMs` from when the page has a browser. */
  deadline: number
}

/** What a page said and asked for while it was rendered. */
export interface RenderNotes {
  consoleErrors: string[]
  failedRequests: { url: string; reason: string }[]
  requests: number
  blockedRequests: number
  ms: number
}

export interface RenderedPage {
  kind: 'rendered'
  /** The document as it stands, shadow trees and frames of the same origin written in place. */
  html: string
  /** Where the page says it is: scripts may have moved it within its origin, actions anywhere. */
  url: string
  /** As Set-Cookie lines. */
  setCookies: string[]
  /** Of the last document that the page came to. */
  status: number
  screenshot?: Capture
  pdf?: Capture
  performed?: Performed
  warnings: PageWarning[]
  notes: RenderNotes
}

export type RenderOutcome =
  | RenderedPage
  /** The page left for another URL by script or refresh: that one is to be fetched in its own turn. */
  | { kind: 'left'; to: string; setCookies: string[] }
  | { kind: 'failed'; reason: RenderFailure; detail: string }
  /** There is nothing to render with. */
  | { kind: 'no-browser'; detail: string }

export type RenderFailure =
  | 'no_free_browser'
  | 'tab_crashed'
  | 'browser_ended'
  | 'memory_limit'
  | 'unresponsive'
  | 'selector_missing'
  | 'action_failed'
  | 'too_large'
  | 'not_loaded'

/** A running Lapis Spider and the key to it. */
export interface Platform {
  /** Without a trailing slash. */
  url: string
  key: string
}

/** Where requests go, which may change while a crawl runs. */
export interface PlatformSource {
  current(): Platform
  /** Called between attempts while the platform does not answer: it may have moved, or be gone and need starting. */
  lookAgain(outageMs: number): Promise<void>
}

/** The DOM has not changed for this long. */
const DOM_QUIET_MS = 150

/** Resolves in the page when its DOM has been quiet for a while; true when that came before the limit. */
export function domQuiet(limitMs: number): string {
  return `new Promise((resolve) => {
    const finish = (quiet) => { observer.disconnect(); clearTimeout(limit); clearTimeout(timer); resolve(quiet) }
    const limit = setTimeout(() => finish(false), ${Math.max(1, Math.round(limitMs))})
    let timer = setTimeout(() => finish(true), ${DOM_QUIET_MS})
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(() => finish(true), ${DOM_QUIET_MS})
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true })
  })`
}

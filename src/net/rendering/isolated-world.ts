import type { CDPSession } from '@cloudflare/puppeteer'

/** Evaluates in the page's document, in a world of its own that the page's scripts can't reach. */
export type Evaluate = <Value>(expression: string) => Promise<Value>

export const WORLD = 'lapis'

/** The page may have come to another document meanwhile, so each evaluation asks for its world. */
export function evaluateIn(cdp: CDPSession): Evaluate {
  return async <Value>(expression: string): Promise<Value> => {
    const { frameTree } = await cdp.send('Page.getFrameTree')
    const world = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: WORLD })
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      contextId: world.executionContextId,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as Value
  }
}

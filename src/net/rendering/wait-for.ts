import type { CDPSession } from '@cloudflare/puppeteer'
import type { RenderOrder, RenderOutcome } from './render-order.ts'

const LOOK_EVERY_MS = 100

/** Undefined when what the caller waits for is there. */
export async function waitedFor(
  cdp: CDPSession,
  { waitFor, deadline }: RenderOrder,
): Promise<RenderOutcome | undefined> {
  if (typeof waitFor === 'number') await pause(Math.min(waitFor, deadline - Date.now()))
  if (typeof waitFor !== 'string') return undefined
  const expression = `document.querySelector(${JSON.stringify(waitFor)}) !== null`
  for (;;) {
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true })
    if (exceptionDetails) return missing(`\`waitFor\` is no selector: ${waitFor}`)
    if (result.value === true) return undefined
    if (Date.now() + LOOK_EVERY_MS > deadline) return missing(`Nothing matched \`waitFor\` in time: ${waitFor}`)
    await pause(LOOK_EVERY_MS)
  }
}

function missing(detail: string): RenderOutcome {
  return { kind: 'failed', reason: 'selector_missing', detail }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}

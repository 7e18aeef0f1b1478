import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { refusePrivate } from '../refuse-private.ts'
import { startInTurn } from '../start-in-turn.ts'
import type { TurnRequest } from '../turn.ts'

/**
 * For the URLs that actions lead to: the same address rules, robots.txt and turn as for any that we fetch ourselves.
 * Undefined where it may be visited now, else why not.
 */
export function visiting(
  platform: Platform,
  wish: Omit<TurnRequest, 'url' | 'deadline'> & { timeoutMs: number },
): (url: string) => Promise<string | undefined> {
  return async (url) => {
    try {
      await refusePrivate(platform, url)
      await startInTurn(platform, { ...wish, url, deadline: platform.now().getTime() + wish.timeoutMs })
      return undefined
    } catch (error) {
      const why = error instanceof Refusal ? `${error.code}: ${error.message}` : 'its turn could not be had.'
      return `it leads to ${url.slice(0, 200)}, ${why}`
    }
  }
}

import type { Visits } from '../../net/rendering/render-order.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { refusePrivate } from '../refuse-private.ts'
import { startInTurn } from '../start-in-turn.ts'
import { type TurnRequest, noteSlowDown } from '../turn.ts'

/** Where actions lead: the same address rules, robots.txt, turn and rest as for any page that we fetch ourselves. */
export function visitsOf(
  platform: Platform,
  manners: Omit<TurnRequest, 'url' | 'deadline'> & { timeoutMs: number },
): Visits {
  return {
    ask: async (url) => {
      try {
        await refusePrivate(platform, url)
        await startInTurn(platform, { ...manners, url, deadline: platform.now().getTime() + manners.timeoutMs })
        return undefined
      } catch (error) {
        const why = error instanceof Refusal ? `${error.code}: ${error.message}` : 'its turn could not be had.'
        return `it leads to ${url.slice(0, 200)}, ${why}`
      }
    },
    answered: (url, answer) => noteSlowDown(platform, url, answer),
  }
}

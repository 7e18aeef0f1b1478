import { type Action, actionName } from '../../domain/render/action.ts'
import { ActionFault } from './action-fault.ts'
import { perform } from './perform-action.ts'
import { type OpenPage, timeLeft } from './open-page.ts'
import type { Performed } from './performed.ts'
import type { RenderFailure, RenderOutcome } from './render-order.ts'
import { calm } from './settle.ts'
import { within } from './within.ts'

type Failed = RenderOutcome & { kind: 'failed' }

/** Does to the page what is wished, in order; the first action that fails ends it, by its name. */
export async function performActions(open: OpenPage, performed: Performed): Promise<Performed | Failed> {
  const { order, guard } = open
  const { actions = [] } = order
  if (actions.length > 0) guard.letVisit()
  for (const [index, action] of actions.entries()) {
    const name = actionName(action, index)
    const leftMs = timeLeft(order)
    if (leftMs <= 0) return failed('action_failed', `${name}: the page's time was up; \`timeout\` sets it.`)
    const fault = await within(tried(open, action, index, performed), leftMs)
    // Whatever keeps a page from answering may keep the tab.
    if (!fault) return failed('unresponsive', `${name}: it was not done within the page's \`timeout\`.`)
    if (fault.detail !== undefined) return failed('action_failed', `${name}: ${fault.detail}`)
  }
  return performed
}

async function tried(
  open: OpenPage,
  action: Action,
  index: number,
  performed: Performed,
): Promise<{ detail: string | undefined }> {
  const before = open.watch.requests
  try {
    await perform(open, action, (result) => performed.add(index, result))
    if (action.type !== 'wait' && action.type !== 'screenshot') await calm(open, before)
    return { detail: open.guard.refusal }
  } catch (error) {
    if (error instanceof ActionFault) return { detail: error.message }
    // A session that is lost is no fault of the action's.
    if (!(error instanceof Error) || /closed|disconnected/i.test(error.message)) throw error
    return { detail: error.message.slice(0, 300) }
  }
}

function failed(reason: RenderFailure, detail: string): Failed {
  return { kind: 'failed', reason, detail }
}

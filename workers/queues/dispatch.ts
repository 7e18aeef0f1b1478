import type { CheckJob, DeliverJob, FinishJob, VisitJob } from '../../src/contracts/jobs.ts'
import type { Env } from '../env.ts'
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'
import { platformOf } from '../platform.ts'
import { handleCheck } from './check.ts'
import { handleDeliver } from './deliver.ts'
import { handleFinish } from './finish.ts'
import { withMischief } from './mischief.ts'
import { handleVisit } from './visit.ts'

const RETRY_SECONDS = 5

/** Each message is taken and acknowledged on its own: one that fails holds up nobody else's. */
export async function dispatchQueue(batch: MessageBatch, env: Env, context: ExecutionContext): Promise<void> {
  await Promise.all(batch.messages.map((message) => take(batch.queue, message, env, context)))
}

async function take(queue: string, message: Message, env: Env, context: ExecutionContext): Promise<void> {
  try {
    await withMischief(Number(env.LAPIS_TEST_QUEUE_MISCHIEF ?? 0), () => handle(queue, message, env, context))
    message.ack()
  } catch (error) {
    log('error', 'message failed', {
      queue,
      attempts: message.attempts,
      ...toldFault(error),
    })
    message.retry({ delaySeconds: RETRY_SECONDS })
  }
}

async function handle(queue: string, message: Message, env: Env, context: ExecutionContext): Promise<void> {
  switch (queue) {
    case 'lapis-visit':
      return handleVisit(platformOf(env), message.body as VisitJob)
    case 'lapis-finish':
      return handleFinish(platformOf(env), message.body as FinishJob)
    case 'lapis-check':
      return handleCheck(platformOf(env), message.body as CheckJob)
    case 'lapis-deliver':
      return handleDeliver(platformOf(env), message.body as DeliverJob, context)
    default:
      // A lost visit comes back when its lease ends, and a ledger announces its end again: nothing is lost with a letter.
      log('error', 'dead letter', { queue, body: message.body })
  }
}

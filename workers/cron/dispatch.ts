import type { Env } from '../env.ts'
import { platformOf } from '../platform.ts'
import { sweep } from './sweep.ts'

/** Every minute: mend what a crash left half done, drop what has had its time. */
export async function dispatchCron(_controller: ScheduledController, env: Env): Promise<void> {
  await sweep(platformOf(env))
}

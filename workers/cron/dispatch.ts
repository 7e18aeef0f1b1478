import type { Env } from '../env.ts'
import { platformOf } from '../platform.ts'
import { checkDueMonitors } from './due-monitors.ts'
import { sweep } from './sweep.ts'

/** Every minute: have checked what is due, mend what a crash left half done, drop what has had its time. */
export async function dispatchCron(_controller: ScheduledController, env: Env): Promise<void> {
  await checkDueMonitors(platformOf(env))
  await sweep(platformOf(env))
}

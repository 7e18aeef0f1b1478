import type { CreateMonitor } from '../../contracts/api/monitor.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'
import { durationMs } from '../../domain/monitor/schedule/duration.ts'

type Options = Pick<
  CreateMonitor,
  'select' | 'ignore' | 'normalise' | 'fields' | 'price' | 'trigger' | 'confirm' | 'remindAfter' | 'alertAfterFailures'
>

/** What the pure rules take of a monitor's options. Waits are divided by `clockSpeed`. */
export function rulesOf(options: Options, clockSpeed = 1): MonitorRules {
  const { confirm, remindAfter, ...same } = options
  const wait = (duration: string): number => (durationMs(duration) ?? 0) / clockSpeed
  const { select, ignore, normalise, fields, price, trigger, alertAfterFailures } = same
  return defined({
    select,
    ignore,
    normalise,
    fields,
    price,
    trigger,
    alertAfterFailures,
    confirm: confirm && { rechecks: confirm.rechecks, afterMs: wait(confirm.after) },
    remindAfterMs: remindAfter === undefined ? undefined : wait(remindAfter),
  })
}

/** Without the properties that are undefined: to the rules these are no rules. They come out of JSON, which has none. */
function defined(rules: Record<string, unknown>): MonitorRules {
  return JSON.parse(JSON.stringify(rules)) as MonitorRules
}

import { readTarget } from '../../../../src/domain/monitor/reading/read-target.ts'
import type { Fetched, Reading } from '../../../../src/domain/monitor/reading/reading.ts'
import type { MonitorRules } from '../../../../src/domain/monitor/rules.ts'
import { decide } from '../../../../src/domain/monitor/verdict/decide.ts'
import type { Decision } from '../../../../src/domain/monitor/verdict/decision.ts'
import type { Memory } from '../../../../src/domain/monitor/verdict/memory.ts'

export function answer(body: string | Uint8Array, type = 'text/html; charset=utf-8', status = 200): Fetched {
  return {
    url: 'https://shop.example/page',
    status,
    headers: type === '' ? [] : [['Content-Type', type]],
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  }
}

export const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A monitor that is checked once an hour, its memory stored as JSON in between. */
export class Watched {
  memory: Memory | null = null
  at = Date.UTC(2026, 10, 24, 12)
  rules: MonitorRules

  constructor(rules: MonitorRules = {}) {
    this.rules = rules
  }

  async sees(body: string | Fetched): Promise<Decision> {
    return this.reads(await readTarget(typeof body === 'string' ? answer(body) : body, this.rules))
  }

  reads(reading: Reading, afterMs = HOUR): Decision {
    this.at += afterMs
    const decision = decide({ rules: this.rules, memory: this.memory, reading, at: this.at })
    this.memory = JSON.parse(JSON.stringify(decision.memory)) as Memory
    return decision
  }

  /** What each of these pages is told to be: the verdict, or the alerts where there are any. */
  async tells(...bodies: (string | Fetched)[]): Promise<string[]> {
    const told: string[] = []
    for (const body of bodies) {
      const { verdict, alerts } = await this.sees(body)
      told.push(alerts.length > 0 ? alerts.join('+') : verdict)
    }
    return told
  }
}

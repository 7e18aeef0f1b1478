/** Said by workerd in normal work: a caller or a site that goes away is no fault of anybody's. */
const NOISE = [
  /disconnected: (?:peer disconnected|read end of pipe was aborted|worker_do_not_log)/,
  /worker_do_not_log/,
  /jsg-internal\.|Network connection lost/,
  /internal error; reference =/,
  /broken\.outputGateBroken/,
  /has code that is executed in the global scope/,
]

interface Entry {
  level?: string
  message?: string
}

/** One line of workerd's log as an operator reads it; undefined for what is not worth reading. */
export function readableLog(line: string): string | undefined {
  const entry = parsed(line)
  if (!entry) return line.trim() === '' || isNoise(line) ? undefined : `workerd: ${line}`
  const own = parsed(entry.message ?? '')
  if (own) return own.level === 'info' ? undefined : `${own.level ?? 'log'}: ${described(own)}`
  if (entry.level === 'info' || entry.level === 'debug' || isNoise(entry.message ?? '')) return undefined
  return `workerd ${entry.level ?? ''}: ${(entry.message ?? line).split('\n')[0]}`
}

function isNoise(text: string): boolean {
  return NOISE.some((pattern) => pattern.test(text))
}

/** The Worker's own events: the sentence first, what belongs to it behind. */
function described({ level: _level, message, ...fields }: Entry & Record<string, unknown>): string {
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  return `${message ?? ''}${more}`
}

function parsed(text: string): (Entry & Record<string, unknown>) | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Entry & Record<string, unknown>
  } catch {
    return undefined
  }
}

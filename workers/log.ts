type Level = 'info' | 'warn' | 'error'

/** One line of JSON per event: what log collectors read, and what no crawled text can break out of. */
export function log(level: Level, message: string, fields: Record<string, unknown> = {}): void {
  console[level](JSON.stringify({ level, message, ...fields }))
}

import type { SessionPool } from './sessions/session-pool.ts'

/** Prometheus' text format, version 0.0.4. */
export function rendererMetrics(pool: SessionPool): string {
  const memory = [...pool.memory().values()].reduce((sum, bytes) => sum + bytes, 0)
  const { started, startMs, spareHits, closed } = pool.counts
  const lines = [
    ...gauge('lapis_renderer_sessions', 'Sessions that are open.', pool.sessions.size),
    ...gauge('lapis_renderer_spare_browsers', 'Browsers that wait for a session.', pool.spareCount),
    ...gauge('lapis_renderer_memory_bytes', 'Memory of all sessions, without mapped files.', memory),
    ...counter('lapis_renderer_browsers_started_total', 'Browsers started.', started),
    ...counter('lapis_renderer_browser_start_seconds_total', 'Time that these starts took.', startMs / 1_000),
    ...counter('lapis_renderer_spare_hits_total', 'Sessions that were given a spare browser.', spareHits),
    '# HELP lapis_renderer_sessions_closed_total Sessions that ended, by reason.',
    '# TYPE lapis_renderer_sessions_closed_total counter',
    ...[...closed].map(([reason, count]) => `lapis_renderer_sessions_closed_total{reason="${reason}"} ${count}`),
  ]
  return `${lines.join('\n')}\n`
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`]
}

function counter(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, `${name} ${value}`]
}

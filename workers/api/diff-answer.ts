import type { DiffFormat, MonitorDiff } from '../../src/contracts/api/monitor-change.ts'

/** A difference in the format that was asked for. */
export function rendered(diff: MonitorDiff, _format: DiffFormat): Response {
  return Response.json(diff)
}

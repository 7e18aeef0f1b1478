import { DurableObject } from 'cloudflare:workers'
import type { RequestMeterRpc } from '../../src/contracts/request-meter.ts'
import { type RequestSeries, added, keyOf } from '../../src/domain/metrics/request-series.ts'

/** Routes times methods times statuses are some hundreds; what would be more is somebody's mischief. */
const MAX_SERIES = 5_000

/** Counts answers over all isolates and restarts, so that counters only ever grow. */
export class RequestMeter extends DurableObject<object> implements RequestMeterRpc {
  async add(series: RequestSeries[]): Promise<void> {
    const { kv } = this.ctx.storage
    let known = [...kv.list()].length
    for (const counted of series) {
      const key = keyOf(counted)
      const before = kv.get<RequestSeries>(key)
      if (!before && known >= MAX_SERIES) continue
      if (!before) known += 1
      kv.put(key, before ? added(before, counted) : counted)
    }
  }

  async read(): Promise<RequestSeries[]> {
    return Array.from(this.ctx.storage.kv.list<RequestSeries>(), ([, series]) => series)
  }
}

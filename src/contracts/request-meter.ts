import type { RequestSeries } from '../domain/metrics/request-series.ts'

/** The calls of the RequestMeter, of which there is one. */
export interface RequestMeterRpc {
  /** Adds what an isolate has counted since it last did. */
  add(series: RequestSeries[]): Promise<void>
  read(): Promise<RequestSeries[]>
}

/** Answers of one kind, counted. Series add up, wherever they were counted. */
export interface RequestSeries {
  method: string
  /** The route, as in `/v1/crawls/:id`; never a path as it was asked for, of which there are endlessly many. */
  route: string
  status: number
  count: number
  seconds: number
  /** How many took at most BUCKET_SECONDS[i]; not cumulated. Slower ones are in `count` only. */
  buckets: number[]
}

export const BUCKET_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const

export function emptySeries(kind: Pick<RequestSeries, 'method' | 'route' | 'status'>): RequestSeries {
  return { ...kind, count: 0, seconds: 0, buckets: BUCKET_SECONDS.map(() => 0) }
}

export function withRequest(series: RequestSeries, seconds: number): RequestSeries {
  const place = BUCKET_SECONDS.findIndex((limit) => seconds <= limit)
  const buckets = series.buckets.map((count, index) => (index === place ? count + 1 : count))
  return { ...series, count: series.count + 1, seconds: series.seconds + seconds, buckets }
}

export function added(one: RequestSeries, other: RequestSeries): RequestSeries {
  const buckets = BUCKET_SECONDS.map((_, index) => (one.buckets[index] ?? 0) + (other.buckets[index] ?? 0))
  return { ...one, count: one.count + other.count, seconds: one.seconds + other.seconds, buckets }
}

export function keyOf({ method, route, status }: Pick<RequestSeries, 'method' | 'route' | 'status'>): string {
  return `${status} ${method} ${route}`
}

import { BUCKET_SECONDS, type RequestSeries, added } from './request-series.ts'

/** A metric and its samples, as Prometheus reads them. */
export interface Metric {
  name: string
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  samples: readonly Sample[]
}

export interface Sample {
  /** Behind the metric's name, as in `_bucket`. */
  suffix?: string
  labels?: Readonly<Record<string, string | number>>
  value: number
}

/** Prometheus text exposition format 0.0.4. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics.map(written).join('')
}

function written({ name, type, help, samples }: Metric): string {
  const lines = samples.map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${labelled(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelled(labels: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(String(value))}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

/** How many answers there were of each kind, and how long those of each route took. */
export function requestMetrics(series: readonly RequestSeries[]): Metric[] {
  const byRoute = Map.groupBy(series, ({ method, route }) => `${method} ${route}`)
  return [
    {
      name: 'lapis_http_requests_total',
      type: 'counter',
      help: 'Requests answered.',
      samples: series.map(({ method, route, status, count }) => ({ labels: { method, route, status }, value: count })),
    },
    {
      name: 'lapis_http_request_duration_seconds',
      type: 'histogram',
      help: 'Time to the head of the answer.',
      samples: [...byRoute.values()].flatMap((alike) => durations(alike.reduce(added))),
    },
  ]
}

function durations({ method, route, count, seconds, buckets }: RequestSeries): Sample[] {
  let below = 0
  const cumulated = BUCKET_SECONDS.map((le, index) => {
    below += buckets[index] ?? 0
    return { suffix: '_bucket', labels: { method, route, le }, value: below }
  })
  return [
    ...cumulated,
    { suffix: '_bucket', labels: { method, route, le: '+Inf' }, value: count },
    { suffix: '_sum', labels: { method, route }, value: seconds },
    { suffix: '_count', labels: { method, route }, value: count },
  ]
}

// `npm run bench [-- name …]`: prints one JSON line per figure: {"name","value","unit","peer"?,"ratio"?}.
import { generatedRequests } from './api/generated-requests.ts'
import { latency } from './api/latency.ts'
import { changes } from './changes/changes.ts'
import { claims } from './claims/claims.ts'
import { chaos } from './chaos/chaos.ts'
import { monitorChaos } from './chaos/monitor-chaos.ts'
import { fuzzPages } from './content/fuzz.ts'
import { content } from './content/content.ts'
import { incremental } from './crawl/incremental.ts'
import { throughput } from './crawl/throughput.ts'
import { scale } from './crawl/scale.ts'
import { hostileRenders } from './render/hostile-renders.ts'
import { rendering } from './render/rendering.ts'
import { frontierCost } from './frontier/cost-per-url.ts'

export interface Figure {
  name: string
  value: number
  unit: string
  /** What was measured beside it in the same run, and how many times as good ours is. */
  peer?: string
  ratio?: number
}

export type Report = (figure: Figure) => void

const BENCHES: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  crawl: throughput,
  api: latency,
  'api-fuzz': generatedRequests,
  fuzz: fuzzPages,
  since: incremental,
  frontier: frontierCost,
  scale,
  render: rendering,
  'hostile-renders': hostileRenders,
  changes,
  claims,
  content,
  chaos,
  'monitor-chaos': monitorChaos,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench((figure) => console.log(JSON.stringify(figure)))
}

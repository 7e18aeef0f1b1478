import { fuzz } from '../../selfhost/api-fuzz/fuzz.ts'
import { meansOf } from '../../selfhost/api-fuzz/means.ts'
import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'

/** 20,000 generated requests against a running platform: how many answers are not what the OpenAPI document says. */
export async function generatedRequests(report: Report): Promise<void> {
  const count = Number(process.env['LAPIS_FUZZ'] ?? 20_000)
  const seed = Number(process.env['LAPIS_FUZZ_SEED'] ?? 1)
  const platform = new LaunchedPlatform()
  await platform.start()
  try {
    const startedAt = performance.now()
    const { requests, statuses, faults } = await fuzz(platform.url, await meansOf(platform), { seed, count })
    const seconds = (performance.now() - startedAt) / 1_000
    for (const fault of faults) console.error(fault)
    for (const [status, answers] of Object.entries(statuses))
      report({ name: `api-fuzz answers ${status}`, value: answers, unit: 'answers' })
    report({ name: 'api-fuzz faults', value: faults.length, unit: `of ${requests} requests` })
    report({ name: 'api-fuzz rate', value: Math.round(requests / seconds), unit: 'requests/s' })
    if (faults.length > 0) process.exitCode = 1
  } finally {
    await platform.dispose()
  }
}

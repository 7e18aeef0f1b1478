import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUILT, dashboardAssets } from '../../containers/selfhost/dashboard-assets.ts'

/** Whether what the Worker serves is what its sources say. */
export async function dashboardFaults(root: string): Promise<string[]> {
  const [built, wanted] = await Promise.all([readFile(join(root, BUILT), 'utf8'), dashboardAssets(root)])
  return built === wanted ? [] : [`${BUILT} is not up to date: run node containers/selfhost/dashboard-assets.ts`]
}

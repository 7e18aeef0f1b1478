import type { VisitJob } from '../../src/contracts/jobs.ts'
import { fetchRobots } from '../../src/flows/crawl/fetch-robots.ts'
import { visit } from '../../src/flows/crawl/visit.ts'
import type { Platform } from '../../src/flows/platform.ts'

export async function handleVisit(platform: Platform, job: VisitJob): Promise<void> {
  switch (job.kind) {
    case 'visit':
      return visit(platform, job)
    case 'robots':
      return platform.frontier(job.domain).robotsFetched(job.origin, await fetchRobots(platform, job.origin))
  }
}

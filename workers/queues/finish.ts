import type { FinishJob } from '../../src/contracts/jobs.ts'
import { finishCrawl } from '../../src/flows/crawl/finish-crawl.ts'
import type { Platform } from '../../src/flows/platform.ts'

export function handleFinish(platform: Platform, job: FinishJob): Promise<void> {
  return finishCrawl(platform, job.crawlId)
}

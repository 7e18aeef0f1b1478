import { z } from 'zod'

const Health = z.object({ status: z.literal('ok') })
const ANSWER_WITHIN_MS = 3_000

/** Whether a Lapis Spider answers there. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    return response.ok && Health.safeParse(await response.json()).success
  } catch {
    return false
  }
}

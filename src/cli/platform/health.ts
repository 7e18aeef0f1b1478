const ANSWER_WITHIN_MS = 3_000

/** Whether a Lapis Spider answers there. */
export async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    const health = (await response.json()) as { status?: unknown } | null
    return response.ok && health?.status === 'ok'
  } catch {
    return false
  }
}

import { retryAfterMs } from '../../domain/fetch/retry-after.ts'
import type { Attempt } from '../../contracts/api/delivery.ts'
import type { Answer } from '../../domain/delivery/attempt.ts'
import type { Message } from '../../domain/delivery/messages/message.ts'
import { post } from '../../net/post.ts'
import type { Platform } from '../platform.ts'
import type { Composed } from './compose.ts'

/** Standard Webhooks 1.0 asks for 15 to 30 seconds. */
const TIMEOUT_MS = 15_000
/** Enough to see what a receiver complains of. */
const KEPT_BYTES = 2_048

export interface Sent {
  answer: Answer
  attempt: Attempt
}

/** Makes one attempt, and says what came of it. */
export async function send(platform: Platform, composed: Composed): Promise<Sent> {
  const at = platform.now()
  const { answer, ...seen } =
    composed.kind === 'post' ? await posted(platform, composed.message) : await mailed(platform, composed)
  const durationMs = platform.now().getTime() - at.getTime()
  return { answer, attempt: { at: at.toISOString(), ...seen, durationMs } }
}

type Seen = { answer: Answer } & Pick<Attempt, 'status' | 'error' | 'response'>

async function posted(platform: Platform, message: Message): Promise<Seen> {
  const { allowedNetworks, explain, userAgent } = platform.net
  const bounds = { timeoutMs: TIMEOUT_MS, keepBytes: KEPT_BYTES, allowedNetworks, explain, userAgent }
  const outcome = await post({ ...message, ...bounds })
  if (outcome.kind === 'fault') return { answer: outcome, error: outcome.detail }
  const { status, body } = outcome
  const wait = retryAfterMs(outcome.retryAfter, platform.now().getTime()) ?? telegramWaitMs(status, body)
  const error = complaint(status)
  return {
    answer: { kind: 'answer', status, retryAfterMs: wait },
    status,
    ...(error !== undefined && { error }),
    ...(body !== '' && { response: body }),
  }
}

function complaint(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return `It answered ${status}; redirects are not followed.`
  return `It answered ${status}.`
}

/** https://core.telegram.org/bots/api#responseparameters: Telegram says in the body how long to wait. */
function telegramWaitMs(status: number, body: string): number | undefined {
  const [, seconds] = (status === 429 && /"retry_after"\s*:\s*(\d{1,5})/.exec(body)) || []
  return seconds === undefined ? undefined : Number(seconds) * 1_000
}

/** Fails as a whole: who had their letter already gets it once more, rather than somebody none. */
async function mailed(platform: Platform, { letters }: Composed & { kind: 'mail' }): Promise<Seen> {
  if (!platform.sendMail) return failed('This platform sends no e-mail: its operator has not set LAPIS_SMTP_URL.')
  try {
    for (const { to, message, unsubscribeUrl } of letters)
      await platform.sendMail({ to, ...message, ...(unsubscribeUrl !== undefined && { unsubscribeUrl }) })
    return { answer: { kind: 'answer', status: 250 }, status: 250 }
  } catch (error) {
    return failed((error as Error).message)
  }
}

function failed(detail: string): Seen {
  return { answer: { kind: 'fault', detail }, error: detail }
}

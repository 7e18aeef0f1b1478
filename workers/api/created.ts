import type { Context } from 'hono'
import { answerOnce } from '../../src/flows/identity/idempotency.ts'
import { Refusal } from '../../src/flows/problem.ts'
import type { StoredAnswer } from '../../src/storage/postgres/idempotency-keys.ts'
import type { ApiTypes } from './context.ts'
import { bodyText } from './input.ts'

const MAX_KEY_LENGTH = 255

/** Answers a POST that creates something, once per Idempotency-Key. */
export async function created(c: Context<ApiTypes>, create: () => Promise<StoredAnswer>): Promise<Response> {
  const key = c.req.header('idempotency-key')
  const answer = key === undefined ? await create() : await once(c, key, create)
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
  })
}

async function once(c: Context<ApiTypes>, key: string, create: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
  if (key === '' || key.length > MAX_KEY_LENGTH) {
    throw new Refusal(400, 'validation_failed', `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters.`)
  }
  const { workspaceId } = c.get('caller')
  const fingerprint = `${c.req.method} ${c.req.path}\n${await bodyText(c)}`
  return answerOnce(c.get('platform'), { workspaceId, key, fingerprint }, create)
}

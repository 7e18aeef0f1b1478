import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { app } from '../../../workers/api/app.ts'
import { newOwner } from '../owner.ts'
import { refusal } from '../identity/sign-in.ts'

/** 200 scrapes at ten each are what an isolate takes on: docs/security.md. */
const MOST_SCRAPES = 200

async function ask(key: string, path: string, body?: ReadableStream): Promise<Response> {
  const request = new Request(`http://lapis.test${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body }),
  })
  return app.fetch(request, env, createExecutionContext())
}

/** A body that comes when it is let go; or breaks off, as that of a client that has gone. */
function heldBody(until: Promise<void>, breaksOff: boolean): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await until
      if (breaksOff) return controller.error(new Error('the client has gone'))
      controller.enqueue(new TextEncoder().encode('{}'))
      controller.close()
    },
  })
}

it('what comes while too much is under way is refused at once, and welcome as soon as that has ended', async () => {
  const key = await newOwner()
  expect((await ask(key, '/v1/keys')).status).toBe(200)
  const gate = Promise.withResolvers<void>()
  const held = Array.from({ length: MOST_SCRAPES }, (_, at) =>
    ask(key, '/v1/scrape', heldBody(gate.promise, at % 2 === 0)),
  )
  // Each has passed the door before any of them gets its body.
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (const path of ['/v1/keys', '/v1/crawls']) {
    const refused = await ask(key, path)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refusal(refused)).toEqual([503, 'overloaded'])
  }
  expect((await ask(key, '/health')).status).toBe(200)
  gate.resolve()
  const answers = await Promise.all(held)
  const codes = await Promise.all(answers.map(refusal))
  expect(codes.filter(([status, code]) => status === 400 && code === 'validation_failed')).toHaveLength(
    MOST_SCRAPES / 2,
  )
  expect(codes.filter(([status, code]) => status === 400 && code === 'malformed_json')).toHaveLength(MOST_SCRAPES / 2)
  expect((await ask(key, '/v1/keys')).status).toBe(200)
})

import { timingSafeEqual } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type IncomingMessage, type Server, createServer } from 'node:http'
import type { NetworkRules } from '../network-rules.ts'
import { explain, resolveHost } from './explain.ts'

export const SECRET_HEADER = 'x-lapis-probe'
const LONGEST_QUESTION_BYTES = 20_000

export interface ProbeSettings {
  socketPath: string
  secret: string
  rules: NetworkRules
}

/** Answers the Worker's questions about why a fetch failed. workerd adds the secret; nobody else knows it. */
export async function startProbe(settings: ProbeSettings): Promise<Server> {
  const server = createServer((request, response) => {
    void answerTo(request, settings).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  rmSync(settings.socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.socketPath, resolve)
  })
  return server
}

async function answerTo(
  request: IncomingMessage,
  { secret, rules }: ProbeSettings,
): Promise<{ status: number; body: unknown }> {
  if (!isSecret(request.headers[SECRET_HEADER], secret)) return { status: 403, body: { error: 'forbidden' } }
  try {
    const question = JSON.parse(await textOf(request)) as { url?: unknown; host?: unknown }
    if (request.url === '/explain') return { status: 200, body: await explain(String(question.url), rules) }
    if (request.url === '/resolve') return { status: 200, body: await resolveHost(String(question.host), rules) }
    return { status: 404, body: { error: 'not found' } }
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } }
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > LONGEST_QUESTION_BYTES) throw new Error('too long')
  }
  return text
}

function isSecret(given: string | string[] | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(secret)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

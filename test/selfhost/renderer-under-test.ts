import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../containers/renderer/main.ts', import.meta.url))
const TOKEN = 'known-to-both'

export interface Answered<Body> {
  status: number
  body: Body
}

/** A renderer as the launcher starts it, on a socket of its own, with real browsers. */
export class RendererUnderTest {
  readonly directory = mkdtempSync(join(tmpdir(), 'lapis-renderer-'))
  readonly #socketPath = join(this.directory, 'renderer.sock')
  #child: ChildProcess | undefined

  /** Resolves when it takes calls. */
  async start(environment: Record<string, string> = {}): Promise<void> {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH,
        HOME,
        LAPIS_RENDERER_LISTEN: this.#socketPath,
        LAPIS_RENDERER_TOKEN: TOKEN,
        LAPIS_RENDERER_DIRECTORY: this.directory,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`the renderer ended with ${code}`)))
    })
  }

  /** Resolves when it has ended. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill(signal)
    })
  }

  async dispose(): Promise<void> {
    await this.end('SIGTERM')
    rmSync(this.directory, { recursive: true, force: true })
  }

  call<Body>(method: string, path: string, token = TOKEN): Promise<Answered<Body>> {
    return new Promise((resolve, reject) => {
      const asking = request({ ...this.#to(method, path, token), agent: false }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => (text += String(chunk)))
        answer.once('end', () => {
          const isJson = answer.headers['content-type'] === 'application/json'
          resolve({ status: answer.statusCode ?? 0, body: (isJson ? JSON.parse(text) : text) as Body })
        })
      })
      asking.once('error', reject)
      asking.end()
    })
  }

  /** Joins a session's browser: 101 and the socket where it may. */
  join(session: string, token = TOKEN): Promise<{ status: number; socket: Duplex | undefined }> {
    return new Promise((resolve, reject) => {
      const order = this.#to('GET', `/v1/devtools/browser/${session}`, token)
      const upgrade = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      }
      const asking = request({ ...order, headers: { ...order.headers, ...upgrade }, agent: false })
      const told = ({ statusCode }: IncomingMessage, socket?: Duplex): void =>
        resolve({ status: statusCode ?? 0, socket })
      asking.once('upgrade', told)
      asking.once('response', (answer) => told(answer.resume()))
      asking.once('error', reject)
      asking.end()
    })
  }

  #to(method: string, path: string, token: string) {
    return { socketPath: this.#socketPath, method, path, headers: { authorization: `Bearer ${token}` } }
  }

  /** Leaders of its browsers, spare ones among them. */
  browsers(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const command = contentOf(`/proc/${pid}/cmdline`)
        return command.includes(`--user-data-dir=${this.directory}`) && command.includes('--remote-debugging-port')
      })
      .map(Number)
  }

  profiles(): string[] {
    return readdirSync(this.directory).filter((name) => name.startsWith('profile-'))
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

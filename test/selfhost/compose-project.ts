import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILES = ['-f', 'compose.yaml', '-f', 'test/fixtures/containers/compose.yaml']
const PORT = 18_787

/** Whether a Docker engine answers here. */
export function hasDocker(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0
}

/** The platform as compose.yaml runs it, with the places of test/fixtures/containers beside it. */
export class ComposeProject {
  readonly url = `http://127.0.0.1:${PORT}`
  readonly #name = `lapis-test-${process.pid}`
  readonly #key = `lps_${randomBytes(20).toString('hex')}`
  readonly #containers = new Map<string, Promise<string>>()
  readonly #environment = {
    ...process.env,
    LAPIS_API_KEY: this.#key,
    LAPIS_PORT: String(PORT),
    LAPIS_RENDERER_TOKEN: randomBytes(32).toString('hex'),
    LAPIS_RENDER_MEMORY_MB: '700',
  }

  /** Builds the images where something has changed, and resolves when the platform takes calls. */
  async up(): Promise<void> {
    await this.compose('build')
    await this.compose('up', '-d')
    await until(async () => (await fetch(`${this.url}/health`)).ok, 120_000)
  }

  async down(): Promise<void> {
    await this.compose('down', '-v', '--remove-orphans', '-t', '5')
  }

  /** What the command has printed; throws that when it fails. */
  compose(...words: string[]): Promise<string> {
    const modern = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0
    const [program = '', ...first] = modern ? ['docker', 'compose'] : ['docker-compose']
    return finished(this.#spawn(program, [...first, '-p', this.#name, ...FILES, ...words]))
  }

  /** Runs a command in a service's container. */
  async exec(service: string, ...command: string[]): Promise<string> {
    return finished(this.#spawn('docker', ['exec', await this.#container(service), ...command]))
  }

  /** What its own check says of a service's container: `healthy` when it is. */
  async health(service: string): Promise<string> {
    const words = ['inspect', '--format', '{{.State.Health.Status}}', await this.#container(service)]
    return (await finished(this.#spawn('docker', words))).trim()
  }

  /** Starts a command in a service's container; `output` grows as it says something. */
  async background(service: string, ...command: string[]): Promise<{ output: string }> {
    const child = this.#spawn('docker', ['exec', await this.#container(service), ...command])
    const told = { output: '' }
    child.stdout?.on('data', (chunk) => (told.output += String(chunk)))
    return told
  }

  logs(service: string): Promise<string> {
    return this.compose('logs', '--no-color', service)
  }

  async scrape<Shape>(url: string, more: Record<string, unknown> = {}): Promise<Shape> {
    const answer = await fetch(`${this.url}/v1/scrape`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url, render: 'always', ...more }),
    })
    return (await answer.json()) as Shape
  }

  /** Asked for once: a container that is started again stays the same one. */
  #container(service: string): Promise<string> {
    const known = this.#containers.get(service) ?? this.compose('ps', '-q', service).then((id) => id.trim())
    this.#containers.set(service, known)
    return known
  }

  #spawn(program: string, words: readonly string[]): ChildProcess {
    return spawn(program, words, { cwd: ROOT, env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] })
  }
}

function finished(child: ChildProcess): Promise<string> {
  let [output, complaint] = ['', '']
  child.stdout?.on('data', (chunk) => (output += String(chunk)))
  child.stderr?.on('data', (chunk) => (complaint += String(chunk)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}: ${complaint}${output}`)),
    )
  })
}

/** Asks until the answer is yes; an error is a no. */
export async function until(asked: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await asked().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

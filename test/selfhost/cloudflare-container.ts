import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../containers/selfhost/bundle.ts'
import { workerdBinary } from '../../containers/selfhost/workerd-binary.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FIXTURES = 'test/fixtures/containers'
const INGRESS = 'lapis-test-ingress'

/** The Worker of cloudflare-worker.ts with its Durable Object, whose container is run by the Docker engine here. */
export class CloudflareContainer {
  readonly #directory = mkdtempSync(join(tmpdir(), 'lapis-cloudflare-'))
  readonly #session = `lapis-test-${process.pid}`
  #workerd: ChildProcess | undefined
  #url = ''

  /** Builds the images where something has changed. */
  async start(allowedNetworks: string): Promise<void> {
    docker('build', '-f', 'containers/renderer/Dockerfile', '-t', 'lapis-renderer', '.')
    docker('build', '-f', `${FIXTURES}/ingress.Dockerfile`, '-t', INGRESS, FIXTURES)
    mkdirSync(join(this.#directory, 'objects'))
    const entries = { worker: `${FIXTURES}/cloudflare-worker.ts`, r2: 'containers/selfhost/r2/index.ts' }
    await bundle({ root: ROOT, entries, outputDirectory: this.#directory })
    const file = join(this.#directory, 'workerd.capnp')
    writeFileSync(file, config(this.#session, allowedNetworks))
    const workerd = spawn(workerdBinary(), ['serve', '--experimental', '--control-fd=3', file], {
      cwd: this.#directory,
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    })
    this.#workerd = workerd
    const port = await new Promise<number>((resolve, reject) => {
      workerd.once('exit', (code) => reject(new Error(`workerd ended with ${code}`)))
      workerd.stdio[3]?.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { port: number }).port))
    })
    this.#url = `http://127.0.0.1:${port}`
  }

  async render<Outcome>(html: string, waitFor?: string): Promise<Outcome> {
    const headers = { 'x-page-url': 'http://example.com/', ...(waitFor !== undefined && { 'x-wait-for': waitFor }) }
    const answer = await fetch(this.#url, { method: 'POST', headers, body: html })
    return (await answer.json()) as Outcome
  }

  /** Ids of the containers that run the renderer. */
  renderers(): string[] {
    return this.#containers('--filter', 'ancestor=lapis-renderer')
  }

  async dispose(): Promise<void> {
    const workerd = this.#workerd
    if (workerd && workerd.exitCode === null)
      await new Promise((resolve) => {
        workerd.once('exit', resolve)
        workerd.kill('SIGTERM')
      })
    for (const id of this.#containers('--all')) docker('rm', '-f', id)
    rmSync(this.#directory, { recursive: true, force: true })
  }

  #containers(...more: string[]): string[] {
    const listed = docker('ps', '-q', '--filter', `label=dev.workerd.session=${this.#session}`, ...more)
    return listed.split('\n').filter(Boolean)
  }
}

/** What it prints; throws what it complains about. */
export function docker(...words: string[]): string {
  return execFileSync('docker', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function config(session: string, allowedNetworks: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-01",
      bindings = [
        (name = "RENDERER", durableObjectNamespace = "Renderer"),
        (name = "LAPIS_ALLOW_PRIVATE_NETWORKS", text = "${allowedNetworks}"),
      ],
      durableObjectNamespaces = [
        (className = "Renderer", uniqueKey = "renderer", enableSql = true, container = (imageName = "lapis-renderer")),
      ],
      durableObjectStorage = (localDisk = "objects"),
      containerEngine = (localDocker = (
        socketPath = "unix:/var/run/docker.sock",
        containerEgressInterceptorImage = "${INGRESS}",
        sessionId = "${session}",
      )),
    )),
    (name = "objects", disk = (path = "objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`
}

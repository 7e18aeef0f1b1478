import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** Long enough that a kill meets alerts on their way. */
const RECEIVER_MS = 30

const WORDS =
  'amber birch cedar delta ember fjord grove heath inlet jetty knoll lagoon meadow north orchard prairie quarry ridge'.split(
    ' ',
  )

/** What a receiver got. */
export interface Told {
  webhookId: string
  changeId: string
  page: number
  version: number
  atMs: number
}

interface ChangedEvent {
  data: { monitor: { url: string }; change: { id: string; excerpt?: string } }
}

/** Pages that each become another once the version before was told, and the receiver that is told. */
export class ChangingPages {
  readonly told: Told[] = []
  /** What was got and is of no version: to be looked at by people. */
  readonly odd: string[] = []
  readonly versions: number[]
  /** Whether pages go on becoming others. */
  goesOn = true
  readonly #server: Server

  constructor(pages: number) {
    this.versions = Array<number>(pages).fill(0)
    this.#server = createServer((request, response) => {
      const { url = '' } = request
      if (request.method === 'POST') {
        void text(request).then(async (body) => {
          await pause(RECEIVER_MS)
          this.#hear(String(request.headers['webhook-id']), JSON.parse(body) as ChangedEvent)
          response.writeHead(204).end()
        })
        return
      }
      const page = /^\/page\/(\d+)$/.exec(url)?.[1]
      response.setHeader('content-type', 'text/html')
      response.writeHead(page === undefined ? 404 : 200).end(page && this.#html(Number(page)))
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** Begins: every page is another than at first. */
  changeAll(): void {
    for (const page of this.versions.keys()) this.versions[page] = 1
  }

  /** Whether the latest version of every page was told. */
  get isAllTold(): boolean {
    return this.versions.every((version, page) => this.#wasTold(page, version))
  }

  #wasTold(page: number, version: number): boolean {
    return this.told.some((each) => each.page === page && each.version === version)
  }

  #hear(webhookId: string, { data }: ChangedEvent): void {
    const page = Number(/\d+$/.exec(data.monitor.url)?.[0])
    const { id: changeId, excerpt = '' } = data.change
    const after = excerpt.split('\n').find((line) => line.startsWith('+')) ?? ''
    const version = (this.versions[page] ?? 0) - [0, 1, 2].findIndex((back) => this.#says(after, page, back))
    if (version > (this.versions[page] ?? 0)) this.odd.push(`page ${page}: ${excerpt}`)
    this.told.push({ webhookId, changeId, page, version, atMs: Date.now() })
    if (this.goesOn && version === this.versions[page]) this.versions[page] = version + 1
  }

  #says(line: string, page: number, back: number): boolean {
    return line.includes(sentence((this.versions[page] ?? 0) - back))
  }

  #html(page: number): string {
    return `<!doctype html><title>Loom</title><main><h1>Looms</h1><p>Kept by the weavers of the valley.</p>
      <p>${sentence(this.versions[page] ?? 0)}</p></main>`
  }
}

/** Of each version another one, in words: numbers alone might be counters. */
function sentence(version: number): string {
  const place = (power: number) => WORDS[Math.floor(version / WORDS.length ** power) % WORDS.length]
  return `The loom of ${place(2)} and ${place(1)} is worked by ${place(0)} hands.`
}

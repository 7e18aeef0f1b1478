import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findChromium } from '../../containers/renderer/chromium/find-chromium.ts'

interface Answer {
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}

/** One tab of a real browser, spoken to in the DevTools protocol. */
export class Chromium {
  readonly #process: ChildProcess
  readonly #profile: string
  readonly #socket: WebSocket
  readonly #pending = new Map<number, (answer: Answer) => void>()
  /** What pages have said in the console, refusals of the Content-Security-Policy among it. */
  readonly said: string[] = []
  #asked = 0

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Answer & { method?: string; params?: unknown }
      if (message.method === 'Log.entryAdded' || message.method === 'Runtime.exceptionThrown')
        this.said.push(JSON.stringify(message.params))
      if (message.id !== undefined) this.#pending.get(message.id)?.(message)
    })
  }

  static async start(): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'lapis-chromium-'))
    const found = await findChromium(process.env, profile)
    if (!found) throw new Error('There is no Chromium to test with.')
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', '--hide-scrollbars']
    const child = spawn(found.path, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const port = await new Promise<string>((resolve, reject) => {
      let output = ''
      child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${output}`)))
      child.stderr.on('data', (chunk) => {
        output += String(chunk)
        const [, listening] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(output) ?? []
        if (listening !== undefined) resolve(listening)
      })
    })
    const tabs = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
      type: string
      webSocketDebuggerUrl: string
    }[]
    const socket = new WebSocket(tabs.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '')
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
    const browser = new Chromium(child, profile, socket)
    for (const domain of ['Page', 'Runtime', 'Log']) await browser.send(`${domain}.enable`)
    return browser
  }

  async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#asked
    const answer = await new Promise<Answer>((resolve) => {
      this.#pending.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
    this.#pending.delete(id)
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result ?? {}
  }

  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url })
    await this.until('document.readyState === "complete"')
  }

  /** The value of an expression in the page. */
  async read<Value>(expression: string): Promise<Value> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true })
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`)
    return (result as { value: Value }).value
  }

  /** Waits until an expression is true in the page, whichever page that is by then. */
  async until(expression: string, withinMs = 30_000): Promise<void> {
    const deadline = performance.now() + withinMs
    while (!(await this.read<boolean>(expression).catch(() => false))) {
      if (performance.now() > deadline)
        throw new Error(`not within ${withinMs} ms: ${expression}\n${await this.read('document.body.innerText')}`)
      await pause(50)
    }
  }

  /** Types into a field, and presses Enter, as people do. */
  async type(selector: string, text: string): Promise<void> {
    await this.read(`document.querySelector(${JSON.stringify(selector)}).focus()`)
    await this.send('Input.insertText', { text })
  }

  async press(key: 'Enter' | 'Tab'): Promise<void> {
    const code = { Enter: { windowsVirtualKeyCode: 13, text: '\r' }, Tab: { windowsVirtualKeyCode: 9 } }[key]
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: key, ...code })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, ...code })
  }

  async dispose(): Promise<void> {
    this.#socket.close()
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.kill()
    await ended
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

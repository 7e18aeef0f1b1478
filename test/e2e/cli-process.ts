import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Ended {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** `lapis` as a process of its own. */
export class CliProcess {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  #stdout = ''
  #stderr = ''

  constructor(args: readonly string[], settings: { cwd?: string; environment?: Record<string, string> } = {}) {
    // What the surrounding npm run and the developer's own platform have set is not for this process.
    const { LAPIS_API_KEY: _key, LAPIS_DATA_DIR: _directory, ...inherited } = process.env
    this.child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
      env: { ...inherited, ...settings.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(settings.cwd !== undefined && { cwd: settings.cwd }),
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.ended = once(this.child, 'close').then(() => ({
      exitCode: this.child.exitCode,
      stdout: this.#stdout,
      stderr: this.#stderr,
    }))
  }

  /** Waits until the text was said on one of the streams. */
  async says(text: string | RegExp): Promise<void> {
    const said = (): boolean => `${this.#stdout}\n${this.#stderr}`.search(text) !== -1
    while (!said()) {
      if (this.child.exitCode !== null)
        throw new Error(`ended without saying ${String(text)}:\n${this.#stdout}${this.#stderr}`)
      await Promise.race([
        once(this.child.stdout ?? this.child, 'data'),
        once(this.child.stderr ?? this.child, 'data'),
        once(this.child, 'close'),
      ])
    }
  }
}

export function runCli(
  args: readonly string[],
  settings?: ConstructorParameters<typeof CliProcess>[1],
): Promise<Ended> {
  return new CliProcess(args, settings).ended
}

/** The lines of `--json` output; anything else among them is an error. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

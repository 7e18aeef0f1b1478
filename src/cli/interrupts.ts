/**
 * One Ctrl-C reaches us up to three times: from the terminal, from npm and from the bootstrap, which both pass it on.
 * A person's second one comes later than this.
 */
const SAME_KEYPRESS_MS = 700

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interrupts {
  /** Aborted by the first request to stop. */
  asked: AbortSignal
  /** Has the same effect as a signal: the reader of our output has gone away, for instance. */
  ask(): void
  dispose(): void
}

/** The first request to stop is told by `asked`; a second one calls `leave`, which is to end the process at once. */
export function listenForInterrupts(leave: () => void, now: () => number = Date.now): Interrupts {
  const controller = new AbortController()
  let firstAt = 0
  function ask(): void {
    if (!controller.signal.aborted) {
      firstAt = now()
      controller.abort()
    } else if (now() - firstAt > SAME_KEYPRESS_MS) leave()
  }
  for (const signal of SIGNALS) process.on(signal, ask)
  return {
    asked: controller.signal,
    ask,
    dispose: () => SIGNALS.forEach((signal) => process.off(signal, ask)),
  }
}

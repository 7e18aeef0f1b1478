/** From this size on bodies are held one at a time. */
export const LARGE_BODY_BYTES = 1_000_000
/** Whoever holds the turn for longer has died with it. */
const LONGEST_MS = 60_000
const LOOK_EVERY_MS = 20

let taken: { by: LargeBodyTurn; until: number } | undefined

/**
 * The turn to hold a large body. An isolate at Cloudflare has 128 MB, for all of its requests together; pages of 10 MB,
 * with what is read from them, fit in there one after another. Waiting looks again and again instead of resting on the
 * holder's promise, which no other request of the isolate may settle, and which nobody does once the holder was killed.
 */
export class LargeBodyTurn {
  async take(): Promise<void> {
    while (taken && taken.by !== this && taken.until > Date.now())
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    taken = { by: this, until: Date.now() + LONGEST_MS }
  }

  /** Once nothing of the body is held any more. */
  end(): void {
    if (taken?.by === this) taken = undefined
  }
}

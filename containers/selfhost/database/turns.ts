/** Many clients, one session: who has the turn, and who waits for it. */
export interface Turns {
  /**
   * Resolves when the client has the turn; at once when it has it already. First come first served, but that `bulk`, of
   * which nobody waits for the end, lets others go first, up to `MOST_OVERTAKEN` of them. False: it left while it waited.
   */
  take(client: object, bulk?: boolean): Promise<boolean>
  /** Gives the turn on; does nothing for a client that doesn't have it. */
  pass(client: object): void
  /** The client is gone: it no longer waits. */
  leave(client: object): void
  holds(client: object): boolean
}

/** A page of a crawl must get into the database however much is asked of it meanwhile. */
export const MOST_OVERTAKEN = 20

interface Waiter {
  client: object
  admit: (has: boolean) => void
  /** How many it will still let go first. */
  patience: number
}

export function turns(): Turns {
  let holder: object | undefined
  const waiting: Waiter[] = []

  const take = (client: object, bulk = false): Promise<boolean> => {
    if (holder === undefined) holder = client
    if (holder === client) return Promise.resolve(true)
    return new Promise((admit) => waiting.push({ client, admit, patience: bulk ? MOST_OVERTAKEN : 0 }))
  }
  const pass = (client: object): void => {
    if (holder !== client) return
    const next = nextOf(waiting)
    holder = next?.client
    next?.admit(true)
  }
  const leave = (client: object): void => {
    const at = waiting.findIndex((waiter) => waiter.client === client)
    if (at >= 0) waiting.splice(at, 1)[0]?.admit(false)
  }
  return { take, pass, leave, holds: (client) => holder === client }
}

/** The first whose patience is at its end, or else the first of all. */
function nextOf(waiting: Waiter[]): Waiter | undefined {
  const at = Math.max(
    0,
    waiting.findIndex(({ patience }) => patience === 0),
  )
  for (const overtaken of waiting.slice(0, at)) overtaken.patience -= 1
  return waiting.splice(at, 1)[0]
}

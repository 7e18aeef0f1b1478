/** Many clients, one session: who has the turn, and who waits for it, first come first served. */
export interface Turns {
  /** Resolves when the client has the turn; at once when it has it already. False: it left while it waited. */
  take(client: object): Promise<boolean>
  /** Gives the turn on; does nothing for a client that doesn't have it. */
  pass(client: object): void
  /** The client is gone: it no longer waits. */
  leave(client: object): void
  holds(client: object): boolean
}

export function turns(): Turns {
  let holder: object | undefined
  const waiting: { client: object; admit: (has: boolean) => void }[] = []

  const take = (client: object): Promise<boolean> => {
    if (holder === undefined) holder = client
    if (holder === client) return Promise.resolve(true)
    return new Promise((admit) => waiting.push({ client, admit }))
  }
  const pass = (client: object): void => {
    if (holder !== client) return
    const next = waiting.shift()
    holder = next?.client
    next?.admit(true)
  }
  const leave = (client: object): void => {
    const at = waiting.findIndex((waiter) => waiter.client === client)
    if (at >= 0) waiting.splice(at, 1)[0]?.admit(false)
  }
  return { take, pass, leave, holds: (client) => holder === client }
}

import type { CrawlEvent } from '../../src/contracts/api/crawl-event.ts'
import { isLast } from './crawl-event.ts'

/** Counters change with every report of every frontier; nobody reads faster than this. */
const APART_MS = 300

/**
 * The platform buffers without bound what a subscriber does not take, and does not say how much: so one connection gets
 * no more than this, some 4 MB, in 50 minutes or more. It then connects again from where it is.
 */
const MOST_EVENTS = 10_000

/** RFC 6455 §7.4.1. For a subscriber, 1000 means that nothing more will come, and anything else: connect again. */
const NORMAL_CLOSURE = 1000
const POLICY_VIOLATION = 1008
/** Of the IANA registry of close codes: the client is to connect again. */
const SERVICE_RESTART = 1012

/** A subscriber's place. It is kept with the socket, so that it outlives the object's hibernation. */
interface Place {
  sent: number
  sentAt: number
  /** Events that may still be sent to it. */
  left: number
}

/**
 * The subscribers of one crawl that came with a WebSocket. The platform holds the connections: between two events the
 * object may leave memory, and pings are answered without waking it.
 */
export class EventSockets {
  readonly #ctx: DurableObjectState
  readonly #latest: () => CrawlEvent | undefined
  #wakesSoon = false

  constructor(ctx: DurableObjectState, latest: () => CrawlEvent | undefined) {
    this.#ctx = ctx
    this.#latest = latest
    // A browser's WebSocket can't send the protocol's own pings.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Answers a handshake: events newer than `after`, to the crawl's end. */
  open(after: number, subprotocol: string | null): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    this.#ctx.acceptWebSocket(server)
    server.serializeAttachment({ sent: after, sentAt: 0, left: MOST_EVENTS } satisfies Place)
    this.#serve(server, this.#latest(), Date.now())
    const headers = subprotocol === null ? {} : { 'sec-websocket-protocol': subprotocol }
    return new Response(null, { status: 101, webSocket: client, headers })
  }

  /** The crawl has changed. */
  wake(): void {
    const sockets = this.#ctx.getWebSockets()
    if (sockets.length === 0) return
    const event = this.#latest()
    const now = Date.now()
    const waits = sockets.map((socket) => this.#serve(socket, event, now)).filter((wait) => wait > 0)
    if (waits.length > 0) this.#wakeIn(Math.min(...waits))
  }

  /** There is nothing to tell us, and each message wakes the object. */
  refuse(socket: WebSocket): void {
    close(socket, POLICY_VIOLATION, 'This socket takes nothing but "ping".')
  }

  /** How many ms the event must wait for, in order not to follow the previous one too closely. */
  #serve(socket: WebSocket, event: CrawlEvent | undefined, now: number): number {
    if (!event) {
      close(socket, NORMAL_CLOSURE, 'The crawl was deleted.')
      return 0
    }
    const { sent, sentAt, left } = socket.deserializeAttachment() as Place
    const early = sentAt + APART_MS - now
    const isNew = event.id > sent
    if (isNew && !isLast(event) && early > 0) return early
    if (isNew && send(socket, JSON.stringify(event))) {
      socket.serializeAttachment({ sent: event.id, sentAt: now, left: left - 1 } satisfies Place)
    }
    if (isLast(event)) close(socket, NORMAL_CLOSURE, event.type)
    else if (isNew && left === 1) close(socket, SERVICE_RESTART, 'Connect again, with the last id.')
    return 0
  }

  /** Should the object be evicted before, the next report tells the same and more. */
  #wakeIn(ms: number): void {
    if (this.#wakesSoon) return
    this.#wakesSoon = true
    setTimeout(() => {
      this.#wakesSoon = false
      this.wake()
    }, ms)
  }
}

/** A subscriber that is gone is no fault of the crawl's, whose report brought us here. */
function send(socket: WebSocket, text: string): boolean {
  try {
    socket.send(text)
    return true
  } catch {
    return false
  }
}

function close(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason)
  } catch {
    // Closed already.
  }
}

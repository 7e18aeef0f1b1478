/** What is used of a socket of `cloudflare:sockets`. */
export interface TcpSocket {
  readable: ReadableStream<Uint8Array>
  writable: WritableStream<Uint8Array>
  startTls(): TcpSocket
  close(): Promise<void>
}

/** Says a command and returns the lines of the answer, which has to have the given code. */
export interface Conversation {
  expect(code: number): Promise<string[]>
  say(command: string, code: number): Promise<string[]>
  /** Gives the socket back, for TLS to take over. What has been heard beyond the last answer is forgotten (CVE-2011-0411). */
  release(): void
}

/** More than any honest answer; a server that talks on is not listened to. */
const MAX_HEARD_CHARACTERS = 100_000

/** Commands and answers by RFC 5321 §4.2. */
export function converse(socket: TcpSocket): Conversation {
  const reader = socket.readable.getReader()
  const writer = socket.writable.getWriter()
  const decoder = new TextDecoder()
  let heard = ''

  async function line(): Promise<string> {
    for (;;) {
      const end = heard.indexOf('\r\n')
      if (end >= 0) {
        const whole = heard.slice(0, end)
        heard = heard.slice(end + 2)
        return whole
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('the mail server hung up')
      heard += decoder.decode(value, { stream: true })
      if (heard.length > MAX_HEARD_CHARACTERS) throw new Error('the mail server does not stop talking')
    }
  }

  async function expect(code: number): Promise<string[]> {
    const lines: string[] = []
    for (;;) {
      const next = await line()
      lines.push(next.slice(4))
      if (next[3] === '-') continue
      if (next.slice(0, 3) !== String(code)) throw new Error(`the mail server says: ${next}`)
      return lines
    }
  }

  async function say(command: string, code: number): Promise<string[]> {
    await writer.write(new TextEncoder().encode(`${command}\r\n`))
    return expect(code)
  }

  function release(): void {
    reader.releaseLock()
    writer.releaseLock()
  }

  return { expect, say, release }
}

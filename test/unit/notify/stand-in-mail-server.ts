import { type AddressInfo, type Socket, createServer } from 'node:net'
import { Duplex } from 'node:stream'
import { TLSSocket, connect as connectTls } from 'node:tls'
import { connect as connectTcp } from 'node:net'
import type { Connect } from '../../../src/notify/smtp.ts'
import type { TcpSocket } from '../../../src/notify/smtp-conversation.ts'
import { SELF_SIGNED } from '../../fixtures/sites/self-signed.ts'

export interface MailServerPlan {
  /** What EHLO is answered with, besides the greeting. */
  offers?: string[]
  /** Answers that differ from the usual ones, by the first word of the command. */
  answers?: Record<string, string>
}

export interface StandInMailServer {
  port: number
  /** Every command in order; those under TLS begin with "tls ". */
  commands: string[]
  /** The messages, as they came, without the dot at the end. */
  messages: string[]
  close(): void
}

const USUAL: Record<string, string> = {
  STARTTLS: '220 go ahead',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go ahead',
  QUIT: '221 bye',
}

/** A mail server that takes everything, and remembers it. */
export async function openMailServer({ offers = [], answers = {} }: MailServerPlan = {}): Promise<StandInMailServer> {
  const [commands, messages]: [string[], string[]] = [[], []]

  function serve(socket: Duplex, prefix: string): void {
    let heard = ''
    let message: string[] | undefined
    const answerTo = (line: string): void => {
      if (message) {
        if (line !== '.') return void message.push(line)
        messages.push(message.join('\r\n'))
        message = undefined
        return void socket.write('250 taken\r\n')
      }
      commands.push(prefix + line)
      const word = line.split(' ')[0] ?? ''
      if (word === 'EHLO')
        return void socket.write(['250-hello', ...offers.map((o) => `250-${o}`), '250 SIZE'].join('\r\n') + '\r\n')
      const answer = answers[word] ?? USUAL[word] ?? '500 what'
      if (word === 'DATA' && answer.startsWith('354')) message = []
      if (word !== 'STARTTLS') return void socket.write(`${answer}\r\n`)
      socket.removeAllListeners('data')
      socket.write(`${answer}\r\n`)
      serve(new TLSSocket(socket as Socket, { isServer: true, ...SELF_SIGNED }), 'tls ')
    }
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      const lines = (heard + chunk.toString()).split('\r\n')
      heard = lines.pop() ?? ''
      lines.forEach(answerTo)
    })
  }

  const server = createServer((socket) => {
    serve(socket, '')
    socket.write('220 stand-in\r\n')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, commands, messages, close: () => void server.close() }
}

/** What `connect` of cloudflare:sockets does, with Node's sockets. */
export const connectWithNode: Connect = ({ hostname, port }) => {
  const socket = connectTcp(port, hostname)
  return webSocketOf(socket, () => webSocketOf(connectTls({ socket, rejectUnauthorized: false })))
}

function webSocketOf(socket: Socket, startTls: () => TcpSocket = never): TcpSocket {
  socket.on('error', () => undefined)
  const { readable, writable } = Duplex.toWeb(socket)
  const close = () => Promise.resolve(void socket.destroy())
  return { readable: readable as ReadableStream<Uint8Array>, writable, startTls, close }
}

function never(): never {
  throw new Error('TLS is on already')
}

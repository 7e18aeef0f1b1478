import { mkdtempSync, rmSync } from 'node:fs'
import { type Server, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connected } from '../../../../../containers/selfhost/renderer/connected.ts'
import { type RendererDoor, openRendererDoor } from '../../../../../containers/selfhost/renderer/renderer-door.ts'

let folder: string
let renderer: Server
let door: RendererDoor
let port: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lapis-door-'))
  renderer = createServer((_, response) => response.end('from the renderer'))
  await new Promise<void>((resolve) => void renderer.listen(0, '127.0.0.1', resolve))
  port = (renderer.address() as AddressInfo).port
  door = await openRendererDoor({
    socketPath: join(folder, 'door.sock'),
    reach: () => connected({ host: '127.0.0.1', port }),
  })
})

afterEach(() => {
  door.close()
  renderer.close()
  rmSync(folder, { recursive: true })
})

function ask(): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath: join(folder, 'door.sock'), method: 'POST', agent: false }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => (body += String(chunk)))
      answer.once('end', () => resolve(`${answer.statusCode} ${body}`))
    })
    asking.once('error', reject)
    asking.end('{}')
  })
}

it('passes on to the renderer', async () => {
  expect(await ask()).toBe('200 from the renderer')
})

it('says why the renderer can not be reached, and reaches it again when it is back', async () => {
  await new Promise((resolve) => renderer.close(resolve))
  expect(await ask()).toMatch(/^503 \{"error":"renderer_unreachable","detail":"connect ECONNREFUSED/)
  await new Promise<void>((resolve) => void renderer.listen(port, '127.0.0.1', resolve))
  expect(await ask()).toBe('200 from the renderer')
})

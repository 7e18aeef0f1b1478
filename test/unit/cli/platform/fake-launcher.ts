// Stands in for containers/selfhost/launch.ts: the same ready line, files and signals, without a platform behind them.
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const directory = process.env['LAPIS_DATA_DIR'] ?? ''
const instance = join(directory, 'instance.json')

switch (process.env['FAKE_LAUNCHER']) {
  case 'fails':
    console.error('LAPIS_RENDER is "maybe"; allowed: "auto" or "off"')
    process.exit(1)
    break
  case 'is-late':
    console.error(
      `The data in ${directory} is in use by process 1; stop it first, or set LAPIS_DATA_DIR to another directory`,
    )
    process.exit(1)
    break
  case 'hangs':
    console.log('Preparing…')
    setInterval(() => undefined, 60_000)
    break
  default:
    serve()
}

function serve(): void {
  const server = createServer((_, response) => void response.end('{"status":"ok"}'))
  server.listen(Number(process.env['LAPIS_PORT']), '127.0.0.1', () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    writeFileSync(join(directory, 'owner-key'), 'lps_own\n')
    writeFileSync(instance, JSON.stringify({ pid: process.pid, url, startedAt: '2026-11-24T12:00:00.000Z' }))
    console.log('Your API key: lps_own')
    console.log(`Lapis Spider is ready on ${url}`)
  })
  process.on('SIGTERM', () => {
    rmSync(instance, { force: true })
    process.exit(0)
  })
}

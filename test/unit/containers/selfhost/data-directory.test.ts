import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareDataDirectory } from '../../../../containers/selfhost/data-directory.ts'

/** sockaddr_un on macOS, the shorter one, with its closing zero. */
const LONGEST_SOCKET_PATH_BYTES = 103

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lapis-'))
})
afterAll(() => rmSync(root, { recursive: true }))

describe('a data directory', () => {
  it('is made, for its owner only', () => {
    const paths = prepareDataDirectory(join(root, 'new'))
    for (const path of Object.values<string>({ ...paths })) expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('may have a path that is too long for a socket: those move to a private short one', () => {
    const { sockets } = prepareDataDirectory(join(root, 'd'.repeat(60), 'é'.repeat(60)))
    expect(Buffer.byteLength(join(sockets, '.s.PGSQL.5432'))).toBeLessThanOrEqual(LONGEST_SOCKET_PATH_BYTES)
    expect(statSync(sockets).mode & 0o777).toBe(0o700)
    rmSync(sockets, { recursive: true })
  })

  it('that is a file is refused, naming the variable', () => {
    writeFileSync(join(root, 'file'), '')
    expect(() => prepareDataDirectory(join(root, 'file'))).toThrow(
      /^LAPIS_DATA_DIR is ".*file", which can't be written to/,
    )
  })
})

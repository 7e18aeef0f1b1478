import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFaults } from './import-rules.ts'

let root = ''
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'lapis-imports-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

describe('importFaults', () => {
  it('names file, line, target and reason of an import across layers', async () => {
    write('src/domain/url/host.ts', "// a host\nimport { fetcher } from '../../net/fetcher.ts'\n")
    expect(await importFaults(root)).toEqual([
      'src/domain/url/host.ts:2  imports src/net/fetcher.ts: the domain is pure: itself and small pure libraries',
    ])
  })

  it('finds the faults of every folder of code, re-exports and dynamic imports included', async () => {
    write('workers/api/app.ts', "export { visit } from '../queues/visit.ts'\n")
    write('durable-objects/crawl-ledger/object.ts', "const flows = await import('../../src/flows/crawl/visit.ts')\n")
    write('containers/selfhost/launch.ts', "import '../../workers/index.ts'\n")
    expect(await importFaults(root)).toHaveLength(3)
  })

  it('has nothing to say of code that keeps to the table', async () => {
    write(
      'src/flows/crawl/visit.ts',
      "import type { Lease } from '../../contracts/frontier.ts'\nimport { pace } from '../../domain/pace.ts'\n",
    )
    expect(await importFaults(root)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'
import { layerFault } from './layers.ts'

const TYPE = { typeOnly: true }
const VALUE = { typeOnly: false }

describe('the table of layers', () => {
  it.each([
    ['src/domain/url/a.ts', 'src/domain/robots/b.ts', VALUE],
    ['src/domain/url/a.ts', 'tldts', VALUE],
    ['src/contracts/jobs.ts', 'src/domain/crawl/brief.ts', TYPE],
    ['src/contracts/jobs.ts', 'zod', VALUE],
    ['src/flows/crawl/visit.ts', 'src/storage/postgres/pages.ts', VALUE],
    ['src/flows/crawl/visit.ts', 'node:crypto', VALUE],
    ['src/storage/postgres/pages.ts', 'drizzle-orm/pg-core', VALUE],
    ['durable-objects/crawl-ledger/object.ts', 'cloudflare:workers', VALUE],
    ['durable-objects/crawl-ledger/object.ts', 'durable-objects/sqlite/sql.ts', VALUE],
    ['workers/index.ts', 'workers/api/app.ts', VALUE],
    ['workers/api/app.ts', 'workers/env.ts', TYPE],
    ['workers/index.ts', 'durable-objects/crawl-ledger/object.ts', VALUE],
    ['src/cli/main.ts', 'src/contracts/api/crawl.ts', VALUE],
    ['test/unit/a.test.ts', 'workers/api/app.ts', VALUE],
  ])('lets %s import %s', (from, to, kind) => {
    expect(layerFault({ from, to, ...kind })).toBeUndefined()
  })

  it.each([
    ['src/domain/url/a.ts', 'src/contracts/jobs.ts', TYPE],
    ['src/domain/url/a.ts', 'src/flows/platform.ts', VALUE],
    ['src/domain/url/a.ts', 'node:crypto', VALUE],
    ['src/domain/url/a.ts', 'cloudflare:workers', TYPE],
    ['src/domain/url/a.ts', 'zod', VALUE],
    ['src/contracts/jobs.ts', 'src/domain/crawl/brief.ts', VALUE],
    ['src/contracts/jobs.ts', 'src/storage/postgres/tables.ts', TYPE],
    ['src/flows/crawl/visit.ts', 'workers/env.ts', TYPE],
    ['src/flows/crawl/visit.ts', 'durable-objects/crawl-ledger/object.ts', TYPE],
    ['src/flows/crawl/visit.ts', 'hono', TYPE],
    ['src/flows/crawl/visit.ts', 'cloudflare:workers', VALUE],
    ['src/flows/crawl/visit.ts', 'drizzle-orm/pg-core', VALUE],
    ['src/storage/postgres/pages.ts', 'src/flows/crawl/visit.ts', VALUE],
    ['src/storage/postgres/pages.ts', 'src/net/download.ts', VALUE],
    ['src/net/download.ts', 'src/notify/webhook.ts', TYPE],
    ['durable-objects/crawl-ledger/object.ts', 'src/flows/platform.ts', TYPE],
    ['durable-objects/crawl-ledger/object.ts', 'workers/env.ts', TYPE],
    ['durable-objects/crawl-ledger/object.ts', 'durable-objects/domain-frontier/schema.ts', VALUE],
    ['workers/api/app.ts', 'workers/queues/dispatch.ts', VALUE],
    ['workers/api/routes/crawls.ts', 'drizzle-orm', VALUE],
    ['workers/index.ts', 'src/cli/main.ts', VALUE],
    ['src/cli/main.ts', 'src/flows/crawl/visit.ts', VALUE],
    ['src/cli/main.ts', 'src/dashboard/app.ts', VALUE],
    ['src/dashboard/app.ts', 'src/domain/url/canonical-url.ts', TYPE],
    ['containers/selfhost/launch.ts', 'workers/index.ts', VALUE],
    ['containers/selfhost/launch.ts', 'containers/renderer/main.ts', VALUE],
  ])('refuses %s importing %s', (from, to, kind) => {
    expect(layerFault({ from, to, ...kind })).toMatch(/\w/)
  })
})

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts'", './a.ts', false],
    ["import './a.ts'", './a.ts', false],
    ["import * as a from './a.ts'", './a.ts', false],
    ["import type { A } from './a.ts'", './a.ts', true],
    ["import { type A, type B } from './a.ts'", './a.ts', true],
    ["import { type A, b } from './a.ts'", './a.ts', false],
    ["export { a } from './a.ts'", './a.ts', false],
    ["export * from './a.ts'", './a.ts', false],
    ["export type { A } from './a.ts'", './a.ts', true],
    ["const a = await import('./a.ts')", './a.ts', false],
    ["type A = import('./a.ts').A", './a.ts', true],
  ])('reads %s', (text, specifier, typeOnly) => {
    expect(importsOf('x.ts', `\n${text}\n`)).toEqual([{ specifier, typeOnly, line: 2 }])
  })

  it('does not take a string or a comment for an import', () => {
    expect(importsOf('x.ts', "const text = \"import { a } from './a.ts'\" // import './b.ts'")).toEqual([])
  })

  it('refuses what it cannot parse, rather than passing it', () => {
    expect(() => importsOf('x.ts', 'import {')).toThrow('x.ts')
  })
})

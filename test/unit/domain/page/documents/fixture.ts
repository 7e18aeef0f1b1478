import { readFileSync } from 'node:fs'
import type { PageReading } from '../../../../../src/domain/page/page.ts'
import { readDocument } from '../../../../../src/domain/page/read-document.ts'

/** A document of test/fixtures/documents. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../../fixtures/documents/${name}`, import.meta.url)))
}

export function readBytes(body: Uint8Array, contentType = 'application/octet-stream'): Promise<PageReading> {
  const formats = new Set(['markdown', 'metadata'] as const)
  return readDocument({ url: 'https://example.com/files/a', contentType, body, formats, onlyMainContent: true })
}

/** Codes of what a reading warns of. */
export function warned({ warnings }: PageReading): string[] {
  return warnings.map(({ code }) => code)
}

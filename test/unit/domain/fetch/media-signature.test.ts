import { describe, expect, it } from 'vitest'
import { mediaSignature } from '../../../../src/domain/fetch/media-signature.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('mediaSignature', () => {
  it.each<[string, string | undefined]>([
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['GIF89a\x01\0\x01\0', 'image/gif'],
    ['\x1f\x8b\x08\0\0\0\0\0', 'application/gzip'],
    ['\x28\xb5\x2f\xfd\x04\0', 'application/zstd'],
    ['GIF89a is how an image begins', undefined],
    ['RIFFs are played on guitars', undefined],
    ['<!doctype html><title>a\0b</title>', undefined],
    ['', undefined],
  ])('%j is %s', (body, type) => {
    expect(mediaSignature(latin1(body))).toBe(type)
  })
})

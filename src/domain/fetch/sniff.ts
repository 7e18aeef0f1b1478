/** Bytes that the standard looks at (MIME Sniffing §5.2). */
const HEADER_BYTES = 1_445

/** Tags that say HTML when they come first (MIME Sniffing §7.1), each followed by a space or `>`. */
const HTML_START =
  /^(?:<!doctype html|<html|<head|<script|<iframe|<h1|<div|<font|<table|<a|<style|<title|<b|<body|<br|<p)[ >\t\n\f\r]|^<!--/i
const UTF16_LE = [0xff, 0xfe]
const UTF16_BE = [0xfe, 0xff]
const UTF8 = [0xef, 0xbb, 0xbf]

/**
 * The type of a body that came without one: the part of the MIME Sniffing standard that tells pages, feeds, PDF and text
 * from everything else.
 */
export function sniffMediaType(
  body: Uint8Array,
): 'text/html' | 'text/xml' | 'application/pdf' | 'text/plain' | 'application/octet-stream' {
  const header = body.subarray(0, HEADER_BYTES)
  const text = String.fromCharCode(...header.subarray(startsWith(header, UTF8) ? UTF8.length : 0)).trimStart()
  if (HTML_START.test(text)) return 'text/html'
  if (text.startsWith('<?xml')) return 'text/xml'
  if (text.startsWith('%PDF-')) return 'application/pdf'
  if (startsWith(header, UTF16_LE) || startsWith(header, UTF16_BE)) return 'text/plain'
  return header.some(isBinary) ? 'application/octet-stream' : 'text/plain'
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}

/** A binary data byte (MIME Sniffing §3): a control character that text has no use for. */
function isBinary(byte: number): boolean {
  return byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f)
}

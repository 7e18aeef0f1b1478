import { RE2JS } from 're2js'
import { compilePattern, validatePattern } from '../url/path-pattern.ts'

const WRITTEN_AS_REGEX = /^\/(.+)\/([ims]*)$/s

/** A text as the owner wrote it, or the expression between slashes. */
export function asRegex(written: string): { source: string; flags: string } | undefined {
  const [, source, flags = ''] = WRITTEN_AS_REGEX.exec(written) ?? []
  return source === undefined ? undefined : { source, flags }
}

/** Why a text or /regex/ can't be used; undefined when it can. To be asked when a monitor is saved. */
export function patternFault(written: string): string | undefined {
  const regex = asRegex(written)
  if (!regex) return written.trim() === '' ? 'An empty text is on every page.' : undefined
  const verdict = validatePattern(withFlags(regex))
  return verdict.ok ? undefined : verdict.detail
}

/** Whether a text has what is wanted, in any case unless it is a /regex/ without `i`. What can't be used is never found. */
export function matcher(written: string): (text: string) => boolean {
  const regex = asRegex(written)
  if (!regex) {
    const wanted = comparable(written)
    return (text) => wanted !== '' && comparable(text).includes(wanted)
  }
  try {
    return compilePattern(withFlags(regex))
  } catch {
    return () => false
  }
}

function comparable(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()
}

function withFlags({ source, flags }: { source: string; flags: string }): string {
  return flags === '' ? source : `(?${flags})${source}`
}

/** Takes out of a text whatever matches; time grows with the text and no faster. */
export function remover(written: string): (text: string, onRemoved: (value: string) => void) => string {
  const regex = asRegex(written)
  if (!regex) return literalRemover(written)
  if (patternFault(written) !== undefined) return (text) => text
  const expression = RE2JS.compile(RE2JS.translateRegExp(withFlags(regex)))
  return (text, onRemoved) => {
    const matching = expression.matcher(text)
    let left = ''
    let at = 0
    while (matching.find()) {
      const start = matching.start()
      if (matching.end() === start) continue
      onRemoved(text.slice(start, matching.end()))
      left += text.slice(at, start)
      at = matching.end()
    }
    return left + text.slice(at)
  }
}

function literalRemover(written: string): ReturnType<typeof remover> {
  const wanted = written.normalize('NFKC').trim()
  return (text, onRemoved) => {
    if (wanted === '' || !text.includes(wanted)) return text
    onRemoved(wanted)
    return text.replaceAll(wanted, '')
  }
}

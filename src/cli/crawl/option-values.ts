import { InvalidArgumentError } from 'commander'
import { RE2JS } from 're2js'
import { PAGE_FORMATS } from '../../contracts/api/scrape.ts'
import type { PageFormat } from './crawl-order.ts'

/** Reads a whole number between two bounds. Commander puts the option and the value before what is said here. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`)
  }
}

/** Collects patterns. The platform runs them on RE2, in JavaScript's spelling. */
export function pattern(value: string, earlier: string[]): string[] {
  try {
    RE2JS.compile(RE2JS.translateRegExp(value))
  } catch (error) {
    if (/\(\?<?[=!]/.test(value))
      throw new InvalidArgumentError('Write it without look-ahead and look-behind, perhaps with --exclude.')
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw new InvalidArgumentError(`Give a regular expression for the path: ${reason}.`)
  }
  return [...earlier, value]
}

export function pageFormats(value: string): PageFormat[] {
  const names = value.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !isPageFormat(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is no format. Give some of ${PAGE_FORMATS.join(',')}.`)
  return [...new Set(names.filter(isPageFormat))]
}

function isPageFormat(name: string): name is PageFormat {
  return (PAGE_FORMATS as readonly string[]).includes(name)
}

export function serverUrl(value: string): string {
  const url = URL.parse(value)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Give the address of a server, such as http://127.0.0.1:8787.')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

/** Where a command speaks to: results on `out`, everything else on `err`. */
export interface Terminal {
  /** A result: one line on stdout. */
  out(line: string): void
  /** Progress, remarks, errors: one line on stderr. */
  err(line: string): void
  /** A person is watching stderr, and the terminal can redraw a line. */
  isWatched: boolean
}

export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    isWatched: process.stderr.isTTY && process.env['TERM'] !== 'dumb',
  }
}

/** 1: the crawl failed or was cancelled. 2: bad arguments. 130: interrupted (128 + SIGINT, as shells count). */
export type ExitCode = 0 | 1 | 2 | 130

/** A reason to end that its reader can act on: shown as it is, without a stack. */
export class CommandFault extends Error {
  override name = 'CommandFault'
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

export function badArguments(message: string): CommandFault {
  return new CommandFault(2, message)
}

/** The user has asked to stop before there was anything to write. */
export function interrupted(): CommandFault {
  return new CommandFault(130, 'Interrupted.')
}

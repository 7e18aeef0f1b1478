import { CommandFault } from './command-fault.ts'
import { performCrawl } from './perform-crawl.ts'
import { runProgram } from './program.ts'

process.exitCode = await main()

async function main(): Promise<number> {
  let exitCode = 0
  try {
    await runProgram(process.argv.slice(2), process.env, {
      crawl: async (command) => {
        exitCode = await performCrawl(command, process.env)
      },
    })
    return exitCode
  } catch (error) {
    if (error instanceof CommandFault) return ended(error.message, error.exitCode)
    // The disk is full, or the folder has been taken away: nothing that a stack would explain.
    if (error instanceof Error && 'syscall' in error) return ended(error.message, 1)
    throw error
  }
}

function ended(line: string, exitCode: number): number {
  process.stderr.write(`${line}\n`)
  return exitCode
}

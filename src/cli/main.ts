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
    if (!(error instanceof CommandFault)) throw error
    process.stderr.write(`${error.message}\n`)
    return error.exitCode
  }
}

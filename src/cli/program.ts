import { Command, CommanderError } from 'commander'
import { badArguments } from './command-fault.ts'
import { type CrawlCommand, crawlCommand } from './crawl/crawl-command.ts'
import { projectVersion } from './project.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface ProgramActions {
  crawl(command: CrawlCommand): Promise<void>
}

/** Parses the arguments and does what they say. Bad ones are a CommandFault with exit code 2 and one line. */
export async function runProgram(
  args: readonly string[],
  environment: Environment,
  actions: ProgramActions,
): Promise<void> {
  const program = new Command('lapis')
    .description('Lapis Spider turns websites into clean, structured, continuously watched data.')
    .version(projectVersion())
    .addCommand(crawlCommand(environment, (command) => actions.crawl(command)))
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => undefined })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // --help and --version end with 0, having said what they had to.
    if (error.exitCode !== 0) throw badArguments(oneLine(error))
  }
}

function oneLine({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Which command? See --help.'
  const plain = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  const sentence = plain.charAt(0).toUpperCase() + plain.slice(1)
  return `${sentence.replace(/([^.?!)])$/, '$1.')} See --help for all options.`
}

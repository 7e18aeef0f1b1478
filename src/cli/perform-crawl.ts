import type { PlatformSource } from './api/platform.ts'
import type { ExitCode } from './command-fault.ts'
import type { CrawlCommand } from './crawl/crawl-command.ts'
import { type CrawlRun, runCrawl } from './crawl/run-crawl.ts'
import { openDemo } from './demo/demo.ts'
import { type Interrupts, listenForInterrupts } from './interrupts.ts'
import { ResultFolder } from './output/result-folder.ts'
import { givenPlatform } from './platform/given-platform.ts'
import { type LocalPlatform, localPlatform } from './platform/local-platform.ts'
import { dataDirectory } from './project.ts'
import { type Terminal, processTerminal } from './terminal.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What has to be undone when the command ends, in whichever way. */
interface Surroundings {
  folder?: ResultFolder
  local?: LocalPlatform
  close?: () => Promise<void>
}

/** Runs the command and leaves nothing running, nothing half-written. */
export async function performCrawl(command: CrawlCommand, environment: Environment): Promise<ExitCode> {
  const terminal = processTerminal()
  const around: Surroundings = {}
  const interrupts = listenForInterrupts(() => leave(around))
  // A reader that has gone away (`| head`) has seen enough.
  process.stdout.on('error', () => interrupts.ask())
  try {
    if (command.remark !== undefined) terminal.err(command.remark)
    around.folder = await ResultFolder.open(command.out)
    return await runCrawl(await prepare(command, environment, { terminal, interrupts, around }))
  } finally {
    around.folder?.discard()
    await around.local?.stop()
    await around.close?.()
    interrupts.dispose()
  }
}

interface Preparation {
  terminal: Terminal
  interrupts: Interrupts
  around: Surroundings
}

async function prepare(command: CrawlCommand, environment: Environment, preparation: Preparation): Promise<CrawlRun> {
  const { terminal, interrupts, around } = preparation
  const folder = around.folder ?? (await ResultFolder.open(command.out))
  const shared = { folder, json: command.json, terminal, asked: interrupts.asked }
  const { platform, order } = command
  switch (platform.kind) {
    case 'given': {
      const source = await givenPlatform(platform.url, platform.key, interrupts.asked)
      return { ...shared, order, source, isPrivate: () => false }
    }
    case 'local': {
      const source = await startLocal({ dataDirectory: dataDirectory(environment), environment }, preparation)
      return { ...shared, order, source, isPrivate: () => around.local?.own() !== undefined }
    }
    case 'demo': {
      const demo = await openDemo(environment)
      around.close = () => demo.close()
      const source = await startLocal(demo, preparation)
      return { ...shared, order: { ...order, url: demo.url }, source, isPrivate: () => true }
    }
  }
}

async function startLocal(
  where: { dataDirectory: string; environment: Environment },
  { terminal, interrupts, around }: Preparation,
): Promise<PlatformSource> {
  const { asked } = interrupts
  const onStarting = (): void => terminal.err('Starting Lapis Spider (a few seconds)…')
  const onAsked = (): void => terminal.err('Stopping, as soon as it has started. Press Ctrl-C again to leave at once.')
  asked.addEventListener('abort', onAsked)
  try {
    around.local = await localPlatform({ ...where, signal: asked, onStarting })
  } finally {
    asked.removeEventListener('abort', onAsked)
  }
  return around.local
}

/** The second request to stop: out, at once. The private platform stops by itself once told to. */
function leave(around: Surroundings): never {
  around.local?.own()?.abandon()
  around.folder?.discard()
  process.stderr.write('\nLeft at once; nothing was written.\n')
  process.exit(130)
}

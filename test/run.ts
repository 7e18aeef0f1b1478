// `npm test [-- <project or path> …]`: every test that needs no outside service, counted in one last line.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Tally, exitCodeOf, sum, summaryLine, tallyOf } from './tally.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs')
const PROJECTS = ['unit', 'workerd', 'selfhost', 'e2e']

interface Round {
  projects: readonly string[]
  flags: readonly string[]
}

/**
 * Quick answers first, two files at once: left to itself, Vitest gives 2 cores one worker, which mostly waits for workerd.
 * Only this round measures coverage: the others run the code in processes of their own, and must not be slowed while they
 * time it.
 */
const ROUNDS: readonly Round[] = [
  { projects: ['unit', 'workerd'], flags: ['--coverage', '--maxWorkers=2'] },
  { projects: ['selfhost'], flags: [] },
  { projects: ['e2e'], flags: [] },
]

const args = process.argv.slice(2)
const named = args.filter((arg) => PROJECTS.includes(arg))
const passedOn = args.filter((arg) => !PROJECTS.includes(arg))
const folder = mkdtempSync(join(tmpdir(), 'lapis-test-'))
try {
  const tallies: Tally[] = []
  for (const round of roundsOf(named)) tallies.push(await run(round))
  const total = sum(tallies)
  console.log(summaryLine(total))
  process.exitCode = exitCodeOf(total)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function roundsOf(wanted: readonly string[]): Round[] {
  // A part of the tests says nothing about how much of the code they cover.
  const isPart = args.length > 0
  return ROUNDS.map(({ projects, flags }) => ({
    projects: projects.filter((project) => wanted.length === 0 || wanted.includes(project)),
    flags: isPart ? [] : flags,
  })).filter(({ projects }) => projects.length > 0)
}

async function run({ projects, flags }: Round): Promise<Tally> {
  const report = join(folder, `${projects.join('-')}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await vitest(['run', '--passWithNoTests', ...chosen, ...flags, ...reporting, ...passedOn])
  return tallyOf(readReport(report), code)
}

function vitest(options: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [VITEST, ...options], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** undefined when the runner ended without writing one, which is a failure to be counted. */
function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

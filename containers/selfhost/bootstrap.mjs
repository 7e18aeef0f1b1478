// Runs on the Node that the machine happens to have (20 or newer), before any dependency is installed: it installs what
// package-lock.json names, then hands over to the Node that came with it. Only stderr is written to: stdout is the command's.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { constants, tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const MODULES = join(ROOT, 'node_modules')
const NODE = join(MODULES, '.bin', 'node')
const INSTALLED_MARK = join(MODULES, '.lapis-lock-sha256')
// Not inside node_modules, which npm empties, and not in the checkout, which is the developer's.
const TURN = join(
  tmpdir(),
  `lapis-install-${userInfo().uid}-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`,
)
const TURN_POLL_MS = 500
const ANCESTORS_POLL_MS = 500
// An installation that has not finished by then was killed: its turn is taken over.
const TURN_LASTS_MS = 15 * 60_000

const ENTRIES = {
  start: ['containers/selfhost/launch.ts', '--stop-with-parent'],
  crawl: ['src/cli/main.ts', 'crawl'],
  test: ['test/run.ts'],
  check: ['test/check.ts'],
  bench: ['test/bench/run.ts'],
}

const [command = '', ...rest] = process.argv.slice(2)
const entry = Object.hasOwn(ENTRIES, command) ? ENTRIES[command] : undefined
if (!entry) fail(`usage: node containers/selfhost/bootstrap.mjs ${Object.keys(ENTRIES).join('|')} [arguments]`, 2)
await ensureInstalled()
handOver(entry, rest)

async function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  while (!isInstalled(wanted)) {
    if (takeTurn()) installInTurn(wanted)
    else await new Promise((resume) => setTimeout(resume, TURN_POLL_MS))
  }
}

function installInTurn(wanted) {
  try {
    if (!isInstalled(wanted)) install(wanted)
  } finally {
    rmSync(TURN, { recursive: true, force: true })
  }
}

function isInstalled(wanted) {
  if (!existsSync(NODE)) return false
  if (existsSync(INSTALLED_MARK) && readFileSync(INSTALLED_MARK, 'utf8') === wanted) return true
  return isInstalledByHand(wanted)
}

// Someone ran `npm ci` or `npm install` themselves: npm's own record is newer than the lock file, so it was made from it.
function isInstalledByHand(wanted) {
  const record = join(MODULES, '.package-lock.json')
  if (!existsSync(record) || statSync(record).mtimeMs < statSync(join(ROOT, 'package-lock.json')).mtimeMs) return false
  writeFileSync(INSTALLED_MARK, wanted)
  return true
}

// mkdir is the one thing that exactly one of two processes can do.
function takeTurn() {
  try {
    mkdirSync(TURN)
    writeFileSync(join(TURN, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') fail(`Dependencies can't be installed in ${ROOT}: ${error.message}`, 1)
    if (turnIsAbandoned()) rmSync(TURN, { recursive: true, force: true })
    return false
  }
}

function turnIsAbandoned() {
  try {
    if (Date.now() - statSync(TURN).mtimeMs > TURN_LASTS_MS) return true
    const pid = Number(readFileSync(join(TURN, 'pid'), 'utf8'))
    if (pid) process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function install(wanted) {
  console.error('Installing dependencies (first run, about a minute)…')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [program, ...first] = npm
  const run = spawnSync(program, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  if (run.status === 0 && existsSync(NODE)) return writeFileSync(INSTALLED_MARK, wanted)
  rmSync(TURN, { recursive: true, force: true })
  fail(
    `${run.stderr ?? ''}${run.stdout ?? ''}${run.error?.message ?? ''}\nDependencies could not be installed (npm ci).`.trim(),
    1,
  )
}

function handOver([script, ...first], args) {
  const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', join(ROOT, script), ...first, ...args], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (process.env.npm_lifecycle_event) whenAbandoned(() => child.kill('SIGTERM'))
  child.on('error', (error) => fail(`${NODE} can't be run: ${error.message}`, 1))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

// npm passes a signal to its shell, and the shell not to us; and npm itself may be killed. Either shows in who our parent
// is, or who its parent is: then nobody is left who could stop us, so we stop.
function whenAbandoned(stop) {
  const known = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === known) return
    clearInterval(timer)
    stop()
  }, ANCESTORS_POLL_MS)
  timer.unref()
}

function ancestors() {
  try {
    // proc_pid_stat(5): after the name in parentheses come the state and the parent's pid.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}

function fail(line, code) {
  console.error(line)
  process.exit(code)
}

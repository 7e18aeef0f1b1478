// `npm run check`: everything that can be said of the code without running it. Every step runs even when one fails, so that
// one look shows all there is to mend.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { auditDependencies } from './architecture/audit.ts'
import { importFaults } from './architecture/import-rules.ts'
import { licenceFaults } from './architecture/licences.ts'
import { secretFaults } from './architecture/secrets.ts'
import { dashboardFaults } from './architecture/dashboard-assets.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROJECTS = ['domain', 'worker', 'dashboard', 'node', 'workerd-tests']

interface Verdict {
  passed: boolean
  /** It could not be asked, which is nobody's fault here. */
  skipped?: boolean
  output: string
}

interface Step {
  name: string
  run: () => Promise<Verdict>
}

const STEPS: readonly Step[] = [
  { name: 'format', run: () => tool('oxfmt', 'oxfmt', ['--check']) },
  { name: 'lint', run: () => tool('oxlint', 'oxlint', ['--deny-warnings']) },
  ...PROJECTS.map((project) => ({
    name: `types (${project})`,
    run: () => tool('typescript', 'tsc', ['-p', `tsconfig.${project}.json`]),
  })),
  { name: 'import rules', run: importRules },
  { name: 'dashboard assets', run: async () => verdictOf(await dashboardFaults(ROOT)) },
  { name: 'secrets', run: async () => verdictOf(secretFaults(ROOT)) },
  { name: 'licences', run: async () => verdictOf(licenceFaults(ROOT)) },
  { name: 'dependency audit', run: dependencyAudit },
  { name: 'unused code', run: () => tool('knip', 'knip', ['--no-progress']) },
]

async function importRules(): Promise<Verdict> {
  return verdictOf(await importFaults(ROOT))
}

async function dependencyAudit(): Promise<Verdict> {
  const { faults, why } = await auditDependencies(ROOT)
  return faults ? verdictOf(faults) : { passed: true, skipped: true, output: why }
}

function verdictOf(faults: readonly string[]): Verdict {
  return { passed: faults.length === 0, output: faults.join('\n') }
}

/** Runs a package's command with this very Node: the one on the PATH may be too old for it. */
function tool(packageName: string, command: string, args: readonly string[]): Promise<Verdict> {
  const child = spawn(process.execPath, [commandPath(packageName, command), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ passed: code === 0, output: output.trim() }))
  })
}

function commandPath(packageName: string, command: string): string {
  const manifestPath = `${ROOT}node_modules/${packageName}/package.json`
  const manifest = createRequire(import.meta.url)(manifestPath) as { bin: string | Record<string, string> }
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  if (!script) throw new Error(`${packageName} has no command ${command}`)
  return `${ROOT}node_modules/${packageName}/${script}`
}

const wanted = process.argv.slice(2)
const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)))
if (steps.length === 0) {
  console.error(`usage: npm run check -- [step …]; the steps are ${STEPS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

const failed: string[] = []
for (const step of steps) {
  const startedAt = performance.now()
  const { passed, skipped = false, output } = await step.run()
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(
    `${skipped ? 'skipped' : passed ? 'ok    ' : 'FAILED'}  ${step.name}  ${seconds} s${skipped ? `  ${output}` : ''}`,
  )
  if (!passed) {
    failed.push(step.name)
    console.log(output.replace(/^(?=.)/gm, '    '))
  }
}
console.log(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

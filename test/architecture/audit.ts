import { spawn } from 'node:child_process'

export interface Audit {
  /** Undefined where nobody could be asked. */
  faults: string[] | undefined
  why: string
}

/** Nobody waits longer for a registry that may not be there. */
const WITHIN_MS = 20_000

interface Report {
  error?: unknown
  vulnerabilities?: Record<string, { severity: string; via: unknown[] }>
}

/** Known holes of severity high or critical in what is shipped, as the registry knows them. */
export async function auditDependencies(root: string): Promise<Audit> {
  const text = await npmAudit(root)
  const report = parsed(text)
  if (!report?.vulnerabilities) return { faults: undefined, why: 'the registry answers no audits here' }
  const grave = Object.entries(report.vulnerabilities).filter(([, { severity }]) =>
    /^(?:high|critical)$/.test(severity),
  )
  return { faults: grave.map(([name, { severity }]) => `${name}: ${severity}; see npm audit`), why: '' }
}

function npmAudit(root: string): Promise<string> {
  const child = spawn('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: WITHIN_MS,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => {
    child.on('error', () => resolve(''))
    child.on('close', () => resolve(output))
  })
}

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text) as Report
  } catch {
    return undefined
  }
}

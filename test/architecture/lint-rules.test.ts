import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint')

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')
const nested = (depth: number): string => `${'if (n > 0) {'.repeat(depth)} n -= 1 ${'}'.repeat(depth)}`

/** Each rule of the house that the linter keeps, with the least code that breaks it. */
const BREACHES: readonly (readonly [rule: string, path: string, code: string])[] = [
  ['typescript(no-explicit-any)', 'src/flows/any.ts', 'export function f(a: any): void { void a }'],
  ['typescript(no-non-null-assertion)', 'src/flows/bang.ts', 'export const f = (a: string[]): string => a[0]!'],
  [
    'typescript(no-floating-promises)',
    'src/flows/floating.ts',
    'async function g(): Promise<void> {}\nexport function f(): void { g() }',
  ],
  [
    'typescript(no-misused-promises)',
    'src/flows/misused.ts',
    'export async function f(p: Promise<boolean>): Promise<number> { if (p) return 1; await p; return 2 }',
  ],
  [
    'typescript(no-unsafe-assignment)',
    'src/flows/unsafe.ts',
    "export const f = (text: string): string => { const a = JSON.parse(text); return typeof a === 'string' ? a : '' }",
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'src/flows/switch.ts',
    "export function f(a: 'x' | 'y'): void { switch (a) { case 'x': console.log(a) } }",
  ],
  ['typescript(only-throw-error)', 'src/flows/throw.ts', "export function f(): never { throw 'text' }"],
  ['typescript(ban-ts-comment)', 'src/flows/ts-comment.ts', "// @ts-ignore\nexport const a: number = 'x'"],
  [
    'typescript(consistent-type-imports)',
    'src/flows/type-import.ts',
    "import { Kind } from './kind.ts'\nexport const f = (kind: Kind): Kind => kind",
  ],
  ['unicorn(no-abusive-eslint-disable)', 'src/flows/disable-all.ts', '// oxlint-disable-next-line\nexport const a = 1'],
  ['unicorn(filename-case)', 'src/flows/camelCase.ts', 'export const a = 1'],
  ['import(no-cycle)', 'src/flows/cycle-a.ts', "import { b } from './cycle-b.ts'\nexport const a = (): number => b()"],
  ['eslint(max-lines)', 'src/flows/long-file.ts', lines(301, (n) => `export const a${n} = ${n}`)],
  [
    'eslint(max-lines-per-function)',
    'src/flows/long-function.ts',
    `export function f(a: number[]): void {\n${lines(50, (n) => `a.push(${n})`)}\n}`,
  ],
  [
    'eslint(max-params)',
    'src/flows/parameters.ts',
    'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1, g: 1): number => a + b + c + d + e + g',
  ],
  [
    'eslint(max-depth)',
    'src/flows/depth.ts',
    `export function f(m: number): number { let n = m; ${nested(4)}; return n }`,
  ],
  [
    'eslint(complexity)',
    'src/flows/complexity.ts',
    `export function f(n: number): number {\n${lines(20, (n) => `if (n === ${n}) return ${n}`)}\nreturn n }`,
  ],
  ['eslint(eqeqeq)', 'src/flows/equal.ts', 'export const f = (a: string, b: string): boolean => a == b'],
  [
    'eslint(no-restricted-globals)',
    'src/domain/fetching.ts',
    "export const f = (): unknown => fetch('https://example.com/')",
  ],
  ['eslint(no-restricted-globals)', 'src/domain/logging.ts', "console.log('x')\nexport const a = 1"],
  ['eslint(no-restricted-globals)', 'src/domain/chance.ts', 'export const f = (): string => crypto.randomUUID()'],
  [
    'eslint(no-restricted-globals)',
    'src/domain/timer.ts',
    'export const f = (): unknown => setTimeout(() => undefined, 1)',
  ],
  ['eslint(no-restricted-globals)', 'src/domain/around.ts', 'export const f = (): unknown => globalThis'],
  ['eslint(no-restricted-properties)', 'src/domain/now.ts', 'export const f = (): number => Date.now()'],
  ['eslint(no-restricted-properties)', 'src/domain/random.ts', 'export const f = (): number => Math.random()'],
  ['lapis(no-clock)', 'src/domain/new-date.ts', 'export const f = (): Date => new Date()'],
  [
    'lapis(disable-reason)',
    'src/flows/no-reason.ts',
    '// oxlint-disable-next-line eslint/eqeqeq\nexport const f = (a: string, b: string): boolean => a == b',
  ],
]

/** What looks like a breach and is none. */
const ALLOWED: readonly (readonly [why: string, path: string, code: string])[] = [
  ['a date of given time', 'src/domain/given-date.ts', 'export const f = (at: number): Date => new Date(at)'],
  ['a clock outside the domain', 'src/flows/clock.ts', 'export const f = (): number => Date.now()'],
  [
    'a disable with its reason',
    'src/flows/reason.ts',
    '// oxlint-disable-next-line eslint/eqeqeq -- null and undefined are one here\nexport const f = (a: string | null): boolean => a == null',
  ],
  [
    'a long function in a test',
    'test/unit/long.test.ts',
    `export function f(a: number[]): void {\n${lines(60, (n) => `a.push(${n})`)}\n}`,
  ],
]

interface Diagnostic {
  code?: string
  message: string
  filename: string
}

let folder = ''
let diagnostics: Diagnostic[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lapis-lint-'))
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  copyFileSync(join(ROOT, 'tsconfig.base.json'), join(folder, 'tsconfig.json'))
  mkdirSync(join(folder, 'test/architecture'), { recursive: true })
  copyFileSync(join(ROOT, 'test/architecture/lint-plugin.mjs'), join(folder, 'test/architecture/lint-plugin.mjs'))
  for (const [, path, code] of [...BREACHES, ...ALLOWED]) write(path, code)
  write('src/flows/kind.ts', 'export interface Kind { a: 1 }')
  write('src/flows/cycle-b.ts', "import { a } from './cycle-a.ts'\nexport const b = (): number => a()")
  write(
    'src/flows/idle-disable.ts',
    '// oxlint-disable-next-line eslint/eqeqeq -- nothing is compared here\nexport const a = 1',
  )
  diagnostics = await lint()
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, code: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), `${code}\n`)
}

function lint(): Promise<Diagnostic[]> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 16 * 1024 * 1024 }
    // Its exit code says that there are faults, which is the point here.
    execFile(process.execPath, [OXLINT, '-f', 'json'], options, (_error, stdout) => {
      resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics)
    })
  })
}

const codesOf = (path: string): (string | undefined)[] =>
  diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)

describe('the linter', () => {
  it.each(BREACHES)('reports %s in %s', (rule, path) => {
    expect(codesOf(path)).toContain(rule)
  })

  it('reports a disable that suppresses nothing', () => {
    const said = diagnostics.filter(({ filename }) => filename === 'src/flows/idle-disable.ts')
    expect(said.map(({ message }) => message)).toContainEqual(expect.stringMatching(/unused.*disable/i))
  })

  it.each(ALLOWED)('allows %s', (_why, path) => {
    expect(codesOf(path)).toEqual([])
  })
})

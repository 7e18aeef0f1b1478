import { type Program, Visitor, parseSync } from 'oxc-parser'

export interface Import {
  specifier: string
  /** True when nothing of it exists at run time: `import type`, or only `type` names. */
  typeOnly: boolean
  /** 1-based. */
  line: number
}

/** Every module that a file names: static and dynamic imports, and re-exports. */
export function importsOf(path: string, text: string): Import[] {
  const { module, program, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    line: lineAt(start),
  }))
  const reexports = module.staticExports.flatMap(({ entries, start }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType, line: lineAt(start) }] : [],
    ),
  )
  const dynamic = module.dynamicImports.map(({ moduleRequest, start }) => ({
    specifier: text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    typeOnly: false,
    line: lineAt(start),
  }))
  const inTypes = typeImports(program).map(({ specifier, start }) => ({
    specifier,
    typeOnly: true,
    line: lineAt(start),
  }))
  return [...imports, ...reexports, ...dynamic, ...inTypes]
}

/** `import('./a.ts').A` in the place of a type. */
function typeImports(program: Program): { specifier: string; start: number }[] {
  const found: { specifier: string; start: number }[] = []
  new Visitor({ TSImportType: ({ source, start }) => void found.push({ specifier: source.value, start }) }).visit(
    program,
  )
  return found
}

/** What a form has sent: text, trimmed; a field that was left empty is not there. */
export interface Fields {
  text(name: string): string | undefined
  /** As the API is to judge it: a number where it looks like one. */
  number(name: string): number | string | undefined
  /** All that was ticked under a name. */
  all(name: string): string[]
}

type Value = string | File | (string | File)[]

export function fieldsOf(sent: Record<string, Value>): Fields {
  const all = (name: string) =>
    [sent[name] ?? []]
      .flat()
      .flatMap((value) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []))
  const text = (name: string) => all(name)[0]
  return {
    all,
    text,
    number: (name) => {
      const given = text(name)
      return given === undefined || Number.isNaN(Number(given)) ? given : Number(given)
    },
  }
}

/** Without what was not given. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

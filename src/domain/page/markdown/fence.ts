/** Code between fences longer than any run of backticks that starts a line of it (CommonMark §4.5). */
export function fence(code: string, language: string): string {
  let longest = 2
  for (const [run] of code.matchAll(/^[ \t]*`{3,}/gm)) longest = Math.max(longest, run.trim().length)
  const marks = '`'.repeat(longest + 1)
  return `${marks}${language}\n${code}\n${marks}`
}

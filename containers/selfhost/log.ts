/** One line for the operator. stdout belongs to what scripts wait for: the ready line and the key. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** A reason why the platform can't start that its operator can act on: shown as one line, without a stack. */
export class StartFault extends Error {
  override name = 'StartFault'
}

export interface Mail {
  to: string
  subject: string
  /** Plain text. */
  text: string
}

/** Resolves once the mail server has taken it. */
export type SendMail = (mail: Mail) => Promise<void>

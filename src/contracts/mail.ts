export interface Mail {
  to: string
  subject: string
  /** Plain text. */
  text: string
  /** The same for those whose mail program shows it. */
  html?: string
  /** One click there takes the address off the list (RFC 8058). */
  unsubscribeUrl?: string
}

/** Resolves once the mail server has taken it. */
export type SendMail = (mail: Mail) => Promise<void>

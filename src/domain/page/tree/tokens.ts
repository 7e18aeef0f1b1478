/** By name, in lower case. */
export type Attributes = Readonly<Record<string, string>>

/** What the tokens of a document are told to, in document order. */
export interface TokenSink {
  startTag(name: string, attributes: Attributes, isSelfClosing: boolean): void
  endTag(name: string): void
  /** In pieces. */
  text(data: string): void
  /** In svg or math: no element has raw text there, and CDATA means what it says. */
  isForeign(): boolean
  /** No more tokens for now. */
  isFull(): boolean
}

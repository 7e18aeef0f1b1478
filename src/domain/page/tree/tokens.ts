/** By name, in lower case. */
export type Attributes = Readonly<Record<string, string>>

export interface StartTag {
  /** Lower case. */
  name: string
  attributes: Attributes
  attributeCount: number
  isSelfClosing: boolean
}

/** What the tokens of a document are told to, in document order. */
export interface TokenSink {
  /** The tag is good until the next one. */
  startTag(tag: StartTag): void
  endTag(name: string): void
  /** In pieces. */
  text(data: string): void
  /** In svg or math: no element has raw text there, and CDATA means what it says. */
  isForeign(): boolean
  /** No more tokens for now. */
  isFull(): boolean
}

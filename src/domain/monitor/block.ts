/** A piece of what was selected that is compared as one: a paragraph, an item, a table row, a JSON object. Plain JSON. */
export interface Block {
  /** Stays the same when the text changes: from an id, a link's address or the place under a heading. Unique in a reading. */
  key: string
  text: string
  /** The headings and labels it stands under, outermost first, joined by ` › `. */
  under: string
  /** It is the whole of a list's item or of a table's row, whose place among the others may mean nothing. */
  item?: true
}

/** Why something was decided: a stable code, and a sentence for people. */
export interface Reason {
  code: string
  detail: string
}

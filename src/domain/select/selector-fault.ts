/** A selector that can't be used, or that looks at more of a page than one may. The message is for whoever wrote it. */
export class SelectorFault extends Error {}

/** Nodes that the selectors of one reading may look at unless its caller says otherwise: two seconds of work. */
export const MOST_LOOKS = 10_000_000

/** How many more nodes may be looked at; shared by all selectors of one reading. */
export interface Looks {
  left: number
}

/** Counts looks at nodes. Throws SelectorFault when there are none left. */
export function spend(looks: Looks, count = 1): void {
  looks.left -= count
  if (looks.left < 0) throw new SelectorFault('The selector looks at too many nodes.')
}

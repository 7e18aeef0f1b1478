/** An item that a page's markup describes: microdata's JSON form (HTML standard §5.5.1), for RDFa Lite too. */
export interface StructuredItem {
  /** Absolute where the vocabulary is known: `https://schema.org/Product`. */
  type: string[]
  id?: string
  properties: { [name: string]: StructuredValue[] }
}

export type StructuredValue = string | StructuredItem

/** Values of one document: enough for any page, little enough for a hostile one. */
const MOST_VALUES = 5_000
const MOST_CHARACTERS = 500_000
/** Elements looked at: references may lead to the same ones again and again. */
const MOST_LOOKS = 1_000_000
export const MOST_LEVELS = 12

/** What may still be collected from one document. */
export class ItemBudget {
  private values = MOST_VALUES
  private characters = MOST_CHARACTERS
  private looks = MOST_LOOKS

  /** Whether one more element may be looked at; never once the values are used up. */
  look(): boolean {
    this.looks--
    return this.looks >= 0 && this.values >= 0 && this.characters >= 0
  }

  /** Whether one more value of such a length may be kept. */
  take(length: number): boolean {
    this.values--
    this.characters -= length
    return this.values >= 0 && this.characters >= 0
  }
}

export function addValue({ properties }: StructuredItem, name: string, value: StructuredValue): void {
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (known) known.push(value)
  else Object.defineProperty(properties, name, { value: [value], enumerable: true })
}

export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

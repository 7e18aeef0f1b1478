import type { PageWarning } from '../../page.ts'
import type { OpenedZip } from '../zip/opened-zip.ts'
import { elementsOf } from './xml-reading.ts'
import { type XmlElement, xmlTree } from './xml-tree.ts'

/** Where a part points to, by relationship id (ECMA-376 part 2, §9.3). */
export interface Relationship {
  type: string
  target: string
  external: boolean
}

const TRUNCATED: PageWarning = {
  code: 'document_truncated',
  detail: 'The document is larger than is read, or damaged; some of it is missing.',
}

/** The XML parts of one office document. */
export class PackageParts {
  truncated = false
  readonly #zip: OpenedZip

  constructor(zip: OpenedZip) {
    this.#zip = zip
  }

  get warnings(): PageWarning[] {
    return this.truncated || this.#zip.truncated ? [TRUNCATED] : []
  }

  /** The root element of a part; undefined where there is no such part. */
  root(name: string): XmlElement | undefined {
    const xml = this.#zip.text(name)
    if (xml === undefined) return undefined
    const { root, truncated } = xmlTree(xml)
    this.truncated ||= truncated
    return elementsOf(root)[0]
  }

  relationships(part: string): Map<string, Relationship> {
    const slash = part.lastIndexOf('/') + 1
    const root = this.root(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`)
    const known = new Map<string, Relationship>()
    for (const { attributes } of elementsOf(root)) {
      const { Id, Type = '', Target = '', TargetMode } = attributes
      const external = TargetMode === 'External'
      if (Id !== undefined) {
        const type = Type.slice(Type.lastIndexOf('/') + 1)
        known.set(Id, { type, target: external ? Target : resolved(part, Target), external })
      }
    }
    return known
  }

  /** The main part of an Open XML document, wherever its writer has put it. */
  mainPart(usual: string): string {
    return [...this.relationships('').values()].find(({ type }) => type === 'officeDocument')?.target ?? usual
  }
}

function resolved(part: string, target: string): string {
  const base = `zip:/${part}`
  return URL.canParse(target, base) ? decoded(new URL(target, base).pathname.slice(1)) : target
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

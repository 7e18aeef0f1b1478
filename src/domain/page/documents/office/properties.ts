import type { DocumentProperties } from '../laid-out.ts'
import type { PackageParts } from './package-parts.ts'
import { everywhere, textOf } from './xml-reading.ts'
import type { XmlElement } from './xml-tree.ts'

/** Dublin Core as Open XML keeps it (ECMA-376 part 2, §11). */
export function coreProperties(parts: PackageParts): DocumentProperties {
  const part = [...parts.relationships('').values()].find(({ type }) => type === 'core-properties')?.target
  return propertiesIn(parts.root(part ?? 'docProps/core.xml'))
}

/** Dublin Core as OpenDocument keeps it (part 3, §4.3). */
export function metaProperties(parts: PackageParts): DocumentProperties {
  return propertiesIn(parts.root('meta.xml'))
}

/** Dublin Core wherever it stands in a part. */
export function propertiesIn(root: XmlElement | undefined): DocumentProperties {
  const say = (...names: string[]) =>
    names.map((name) => textOf(everywhere(root, name)[0]).trim()).find((text) => text !== '')
  const stated = {
    title: say('title'),
    author: say('initial-creator', 'creator'),
    description: say('description', 'subject'),
    language: say('language'),
    created: say('created', 'creation-date'),
    modified: say('modified', 'date'),
  }
  return Object.fromEntries(Object.entries(stated).filter(([, text]) => text !== undefined))
}

import type { Attributes } from './tokens.ts'

/**
 * What trees are made of: of HTML, of feeds, of the XML that fields are read from. Nodes have what is read of them and no
 * more: a page of 10 MB has a million, and a Worker has 128 MB for everything.
 */
export type Node = ParentNode | Text
export type ParentNode = Document | Element
export type ChildNode = Element | Text

/** Stands for having none; never written to. */
const NO_CHILDREN: ChildNode[] = []

export class Document {
  readonly parent = null
  children: ChildNode[]

  constructor(children: ChildNode[] = NO_CHILDREN) {
    this.children = children
  }
}

export class Element {
  parent: ParentNode | null = null
  /** In HTML lower case. */
  readonly name: string
  /** By name, of HTML in lower case. Elements without any share one object: to be replaced, not written to. */
  attribs: Attributes
  children: ChildNode[] = NO_CHILDREN

  constructor(name: string, attribs: Attributes) {
    this.name = name
    this.attribs = attribs
  }
}

export class Text {
  parent: ParentNode | null = null
  data: string

  constructor(data: string) {
    this.data = data
  }
}

export function append(parent: ParentNode, node: ChildNode): void {
  node.parent = parent
  // An array that is written with its element has room for one; one that it is pushed to, for 17. Most have one child.
  if (parent.children.length === 0) parent.children = [node]
  else parent.children.push(node)
}

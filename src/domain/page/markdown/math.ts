import { Element } from '../tree/nodes.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { exactText } from './code.ts'

/** MathML, KaTeX's and MathJax's output, and MathJax's input. */
export function isMath(element: Element): boolean {
  if (element.name === 'math') return true
  if (element.name === 'script') return /^math\/tex/i.test(attribute(element, 'type'))
  if (element.name !== 'span' && element.name !== 'div' && element.name !== 'mjx-container') return false
  return /(?:^|\s)(?:katex|katex-display|mjx-container|mwe-math-element)(?:\s|$)/.test(attribute(element, 'class'))
}

/** TeX between dollars, from the annotation that renderers leave for machines; else the formula's own text. */
export function mathSource(element: Element): string {
  const tex = element.name === 'script' ? exactText(element) : (annotation(element) ?? exactText(element))
  const source = tex
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^\{\\(?:display|text)style (.*)\}$/, '$1')
  if (source === '') return ''
  return isDisplay(element) ? `$$${source}$$` : `$${source}$`
}

function isDisplay(element: Element): boolean {
  const type = `${attribute(element, 'type')} ${attribute(element, 'class')} ${attribute(element, 'display')}`
  return /mode=display|katex-display|(?:^|\s)(?:block|true)(?:\s|$)/.test(type)
}

function annotation(element: Element): string | undefined {
  if (element.name === 'annotation' && /tex/i.test(attribute(element, 'encoding'))) return exactText(element)
  if (element.name === 'math' && attribute(element, 'alttext') !== '') return attribute(element, 'alttext')
  for (const child of element.children) {
    const found = child instanceof Element ? annotation(child) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

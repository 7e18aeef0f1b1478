import { SelectorFault } from '../selector-fault.ts'
import { AXES, type Axis, type Expression, type Step } from './expression.ts'

const TOKEN =
  /\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d+)?|\.\d+)|(\/\/|::|\.\.|!=|<=|>=|[/.@|=<>+*()[\],-])|([\p{L}_][\p{L}\p{N}_.-]*(?::(?!:)(?:[\p{L}_][\p{L}\p{N}_.-]*|\*))?))/uy

/** Operators by how loosely they bind (XPath 1.0 §3.4, §3.5). */
const LEVELS = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod'], ['|']]
const MOST_CHARACTERS = 1_000

/** Throws SelectorFault for what can't be read. */
export function parseXPath(source: string): Expression {
  if (source.length > MOST_CHARACTERS) throw new SelectorFault(`An XPath has at most ${MOST_CHARACTERS} characters.`)
  const parser = new Parser(source)
  const expression = parser.level(0)
  parser.end()
  return expression
}

class Parser {
  private readonly tokens: string[] = []
  private at = 0
  private readonly source: string

  constructor(source: string) {
    this.source = source
    const text = source.trimEnd()
    for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
      const from = TOKEN.lastIndex
      const match = TOKEN.exec(text)
      if (!match) throw this.fault(text.slice(from))
      this.tokens.push(match[0].trim())
    }
  }

  end(): void {
    if (this.at < this.tokens.length) throw this.fault(this.tokens.slice(this.at).join(' '))
  }

  level(depth: number): Expression {
    const operators = LEVELS[depth]
    if (!operators) return this.path()
    let left = this.level(depth + 1)
    while (operators.includes(this.peek() ?? '')) {
      const operator = this.next()
      left = { is: 'binary', operator, left, right: this.level(depth + 1) }
    }
    return left
  }

  private path(): Expression {
    const token = this.peek()
    if (token === undefined) throw this.fault('the end')
    if (token === '/') {
      this.next()
      return { is: 'path', from: 'root', steps: this.startsStep() ? this.steps() : [] }
    }
    if (token === '//') return { is: 'path', from: 'root', steps: this.steps() }
    if (!this.startsPrimary(token)) return { is: 'path', from: 'here', steps: this.steps() }
    return this.filtered(this.primary(token))
  }

  /** A bracketed expression or a function's nodes may be narrowed and walked on from. */
  private filtered(primary: Expression): Expression {
    const predicates = this.predicates()
    const own: Step[] = predicates.length === 0 ? [] : [{ axis: 'self', test: 'node()', predicates }]
    const walks = this.peek() === '/' || this.peek() === '//'
    if (this.peek() === '/') this.next()
    const steps = walks ? [...own, ...this.steps()] : own
    return steps.length === 0 ? primary : { is: 'path', from: primary, steps }
  }

  private startsPrimary(token: string): boolean {
    if (token === '(' || /^["'\d]/.test(token) || /^\.\d/.test(token)) return true
    return this.tokens[this.at + 1] === '(' && !NODE_TESTS.has(token)
  }

  private primary(token: string): Expression {
    this.next()
    if (token === '(') {
      const inner = this.level(0)
      this.expect(')')
      return inner
    }
    if (/^["']/.test(token)) return { is: 'literal', value: token.slice(1, -1) }
    if (/^[\d.]/.test(token)) return { is: 'literal', value: Number(token) }
    this.expect('(')
    const inputs: Expression[] = []
    while (this.peek() !== ')') {
      if (inputs.length > 0) this.expect(',')
      inputs.push(this.level(0))
    }
    this.next()
    return { is: 'call', name: token, inputs }
  }

  private startsStep(): boolean {
    return /^(?:[\p{L}_.@*]|\.\.)/u.test(this.peek() ?? '')
  }

  private steps(): Step[] {
    const steps: Step[] = []
    do {
      if (this.peek() === '//') {
        this.next()
        steps.push({ axis: 'descendant-or-self', test: 'node()', predicates: [] })
      } else if (steps.length > 0) this.expect('/')
      steps.push(this.step())
    } while (this.peek() === '/' || this.peek() === '//')
    return steps
  }

  private step(): Step {
    const token = this.next()
    if (token === '.') return { axis: 'self', test: 'node()', predicates: this.predicates() }
    if (token === '..') return { axis: 'parent', test: 'node()', predicates: this.predicates() }
    if (token === '@') return { axis: 'attribute', test: this.test(this.next()), predicates: this.predicates() }
    if (this.peek() !== '::') return { axis: 'child', test: this.test(token), predicates: this.predicates() }
    this.next()
    const axis = AXES.find((name): name is Axis => name === token)
    if (!axis) throw this.fault(`${token}::`)
    return { axis, test: this.test(this.next()), predicates: this.predicates() }
  }

  private test(token: string): string {
    if (NODE_TESTS.has(token)) {
      this.expect('(')
      this.expect(')')
      return `${token}()`
    }
    if (!/^(?:\*|[\p{L}_])/u.test(token)) throw this.fault(token)
    return token.slice(token.indexOf(':') + 1)
  }

  private predicates(): Expression[] {
    const predicates: Expression[] = []
    while (this.peek() === '[') {
      this.next()
      predicates.push(this.level(0))
      this.expect(']')
    }
    return predicates
  }

  private peek(): string | undefined {
    return this.tokens[this.at]
  }

  private next(): string {
    const token = this.tokens[this.at++]
    if (token === undefined) throw this.fault('the end')
    return token
  }

  private expect(wanted: string): void {
    const token = this.next()
    if (token !== wanted) throw this.fault(token)
  }

  private fault(where: string): SelectorFault {
    return new SelectorFault(`“${this.source}” can't be read as XPath at “${where}”.`)
  }
}

const NODE_TESTS = new Set(['text', 'node'])

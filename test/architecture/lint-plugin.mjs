// House rules that no rule of oxlint covers, as an oxlint plugin (its API is ESLint's).

const CLOCK_MESSAGE = 'src/domain has no clock: `new Date()` reads it. Take the time as an argument.'
const REASON_MESSAGE = 'A disable gives its reason: `// oxlint-disable-next-line <rule> -- why`.'

const noClock = {
  create(context) {
    const report = (node) => {
      if (
        node.callee.type === 'Identifier' &&
        node.callee.name === 'Date' &&
        (node.type === 'CallExpression' || node.arguments.length === 0)
      ) {
        context.report({ node, message: CLOCK_MESSAGE })
      }
    }
    return { NewExpression: report, CallExpression: report }
  },
}

const disableReason = {
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (/^\s*(?:oxlint|eslint)-disable/.test(comment.value) && !/--\s*\S.{9,}/s.test(comment.value)) {
            context.report({ loc: comment.loc, message: REASON_MESSAGE })
          }
        }
      },
    }
  },
}

export default {
  meta: { name: 'lapis' },
  rules: { 'no-clock': noClock, 'disable-reason': disableReason },
}

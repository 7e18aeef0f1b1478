/** HTML Living Standard §9.2.5: a line ends with CRLF, LF or CR. */
const LINE_END = /\r\n|\n|\r/

/** The data of each event of an event stream (HTML Living Standard §9.2.6); what else it may say is not asked for here. */
export async function* serverSentData(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let data: string[] = []
  for await (const line of lines(chunks)) {
    if (line === '') {
      // An event without data is none.
      if (data.length > 0) yield data.join('\n')
      data = []
    }
    const value = /^data(?:: ?(.*))?$/.exec(line)
    if (value) data.push(value[1] ?? '')
  }
}

/** Complete lines; what a stream was cut off in is dropped. */
async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of chunks) {
    text += chunk
    // A CR at the end may be half of a CRLF.
    const isHalf = text.endsWith('\r')
    const parts = (isHalf ? text.slice(0, -1) : text).split(LINE_END)
    text = (parts.pop() ?? '') + (isHalf ? '\r' : '')
    yield* parts
  }
}

import { expect, it } from 'vitest'
import { serverSentData } from '../../../../src/cli/api/server-sent-events.ts'

// HTML Living Standard §9.2.6, "Interpreting an event stream", with its examples.
it.each<[string, string[], string[]]>([
  ['each event, at its blank line', ['data: a\n\ndata: b\n\n'], ['a', 'b']],
  ['without the fields beside it', ['retry: 1000\n\nid: 7\nevent: crawl.progress\ndata: a\n\n'], ['a']],
  ['without comments', [': still here\n\ndata: a\n: test stream\n\n'], ['a']],
  ['of several lines as one', ['data: YHOO\ndata: +2\ndata: 10\n\n'], ['YHOO\n+2\n10']],
  ['less one space after the colon', ['data:test\n\ndata:  test\n\n'], ['test', ' test']],
  ['even if empty', ['data\n\ndata\ndata\n\ndata:\n\n'], ['', '\n', '']],
  ['of no field that only begins like it', ['database: x\n\ndata: a\n\n'], ['a']],
  ['whatever ends its lines', ['data: a\r\n\r\ndata: b\r\rdata: c\n\n'], ['a', 'b', 'c']],
  ['wherever the stream is cut', ['da', 'ta: a\r', '\n\r', '\ndata: b', '\n', '\n'], ['a', 'b']],
  ['but not what has not ended', ['data: a\n\ndata: b\n'], ['a']],
])('reads the data of an event stream: %s', async (_, chunks, expected) => {
  const read: string[] = []
  for await (const data of serverSentData(arriving(chunks))) read.push(data)
  expect(read).toEqual(expected)
})

async function* arriving(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks
}

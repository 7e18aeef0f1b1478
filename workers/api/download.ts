/** A streamed download, produced no faster than the caller reads it. */
export function download(pieces: AsyncGenerator<Uint8Array>, file: { type: string; name: string }): Response {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(piece.value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  return new Response(stream, {
    headers: { 'content-type': file.type, 'content-disposition': `attachment; filename="${file.name}"` },
  })
}

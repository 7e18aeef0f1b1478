const BROWSERS = '/v1/devtools/browser'
const SESSION_PATH = /^\/v1\/devtools\/browser\/(\d+)\.([0-9a-f-]{36})$/
const TOO_MANY_REQUESTS = 429

type Instance = Pick<Fetcher, 'fetch'>

/**
 * Several renderers as one binding: the first one that has a browser left lends it, so that the others may sleep. The
 * session's id then begins with the instance's number, and its calls go there.
 */
export function rendererFleet(instanceOf: (index: number) => Instance, instances: number): Fetcher {
  const fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (request.method === 'POST' && url.pathname === BROWSERS) return acquire(request, instanceOf, instances)
    const [, index, id] = SESSION_PATH.exec(url.pathname) ?? []
    if (index === undefined || Number(index) >= instances) return Promise.resolve(notFound())
    url.pathname = `${BROWSERS}/${id}`
    return instanceOf(Number(index)).fetch(new Request(url, request))
  }
  return { fetch } as Fetcher
}

/** Where all refuse, the answer is one that says "try again", if there is one; else the last one's reason. */
async function acquire(
  request: Request,
  instanceOf: (index: number) => Instance,
  instances: number,
): Promise<Response> {
  let refusal: Response | undefined
  for (let index = 0; index < instances; index++) {
    const answer = await instanceOf(index).fetch(request.clone())
    if (answer.ok) return Response.json({ sessionId: `${index}.${await sessionOf(answer)}` })
    if (refusal?.status !== TOO_MANY_REQUESTS) refusal = answer
  }
  return refusal ?? notFound()
}

async function sessionOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { sessionId: string }).sessionId
}

function notFound(): Response {
  return Response.json({ error: 'not_found', detail: 'No renderer here has lent such a session.' }, { status: 404 })
}

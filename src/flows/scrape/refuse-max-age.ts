import { refuseFaults } from '../problem.ts'

/** Only one page at a time is answered from what is kept. `path` leads to the options in the body. */
export function refuseMaxAge({ maxAge }: { maxAge: number }, path = ''): void {
  if (maxAge === 0) return
  const message = 'is for `POST /v1/scrape`: everything else asks the site; a crawl may name a former one in `since`'
  refuseFaults([{ path: `${path}maxAge`, message }])
}

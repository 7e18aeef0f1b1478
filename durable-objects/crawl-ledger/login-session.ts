import type { LoginResult, SessionAnswer } from '../../src/contracts/ledger.ts'
import { row } from '../sqlite/sql.ts'

/** A login takes a few requests, each with its turn; after that it is taken for lost. */
const LOGIN_MS = 60_000
/** A site that ends sessions again and again does not want us, or one of its links logs out. */
const MOST_LOGINS = 20

/** The latest session, or the login that will make it. */
interface Session {
  number: number
  sealedCookies: string | null
  failure: string | null
  /** Somebody logs in until then. */
  loginUntil: number
}

const NONE: Session = { number: 0, sealedCookies: null, failure: null, loginUntil: 0 }

/** One login at a time for all visits of a crawl, and its cookies for all of them. */
export class LoginSession {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  ask(after: number, now: number): SessionAnswer {
    const { number, sealedCookies, failure, loginUntil } = this.#read()
    if (failure !== null) return { state: 'failed', detail: failure }
    if (sealedCookies !== null && number > after) return { state: 'kept', number, sealedCookies }
    if (loginUntil > now) return { state: 'wait' }
    if (number >= MOST_LOGINS) return { state: 'failed', detail: `The site has ended ${MOST_LOGINS} sessions.` }
    const next = sealedCookies === null && loginUntil > 0 ? number : number + 1
    this.#write({ number: next, sealedCookies: null, failure: null, loginUntil: now + LOGIN_MS })
    return { state: 'log-in', number: next }
  }

  keep(login: LoginResult): void {
    if (login.number !== this.#read().number) return
    const { number } = login
    if ('failure' in login) this.#write({ number, sealedCookies: null, failure: login.failure, loginUntil: 0 })
    else this.#write({ number, sealedCookies: login.sealedCookies, failure: null, loginUntil: 0 })
  }

  #read(): Session {
    const kept = row<{ session: string | null }>(this.#sql, 'SELECT session FROM crawl')?.session
    return kept ? (JSON.parse(kept) as Session) : NONE
  }

  #write(session: Session): void {
    this.#sql.exec('UPDATE crawl SET session = ?', JSON.stringify(session))
  }
}

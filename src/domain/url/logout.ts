const LOGOUT = /(?:^|[/_=.-])(?:log|sign)[_-]?(?:out|off)(?:$|[/.&?])/i

/** Whether following a link would end a session: `/logout`, `/users/sign_out`, `?action=logoff`. Takes canonical URLs. */
export function looksLikeLogout(url: string): boolean {
  const { pathname, search } = new URL(url)
  return LOGOUT.test(pathname) || LOGOUT.test(search)
}

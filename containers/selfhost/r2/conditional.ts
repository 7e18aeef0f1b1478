/** As workerd's R2 binding sends it (r2-api.capnp, R2Conditional). Times are milliseconds, as text or number. */
export interface Conditional {
  etagMatches?: EtagCondition[]
  etagDoesNotMatch?: EtagCondition[]
  uploadedBefore?: string | number
  uploadedAfter?: string | number
  secondsGranularity?: boolean
}

type EtagCondition = { type: 'strong' | 'weak'; value: string } | { type: 'wildcard' }

/** RFC 9110 §13.2.2 in R2's reading: an ETag condition that holds makes the date condition beside it irrelevant. */
export function holds(condition: Conditional, found: { etag: string; uploaded: number } | undefined): boolean {
  if (!found) return condition.etagMatches === undefined && condition.uploadedAfter === undefined
  const round = (ms: number): number => (condition.secondsGranularity ? Math.floor(ms / 1_000) * 1_000 : ms)
  const uploaded = round(found.uploaded)
  const ifMatch = condition.etagMatches && includes(condition.etagMatches, found.etag, false)
  const ifNoneMatch = condition.etagDoesNotMatch && !includes(condition.etagDoesNotMatch, found.etag, true)
  const before = condition.uploadedBefore === undefined || uploaded < round(Number(condition.uploadedBefore))
  const after = condition.uploadedAfter === undefined || uploaded > round(Number(condition.uploadedAfter))
  return (ifMatch ?? before) && (ifNoneMatch ?? after)
}

/** If-Match compares strongly, If-None-Match weakly (RFC 9110 §13.1). */
function includes(conditions: readonly EtagCondition[], etag: string, weakly: boolean): boolean {
  return conditions.some((condition) => {
    if (condition.type === 'wildcard') return true
    return condition.value === etag && (weakly || condition.type === 'strong')
  })
}

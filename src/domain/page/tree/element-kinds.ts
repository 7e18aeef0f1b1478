/** A set of names written as one line of words. */
export function names(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

export const VOID = names(
  'area base basefont bgsound br col command embed frame hr img image input keygen link meta param source track wbr',
)

/** What may stand in `<head>`; anything else ends it (HTML standard §13.2.6.4.4). */
export const HEAD_CONTENT = names(
  'base basefont bgsound link meta title style script noscript template noframes html head',
)

/** Start tags that end an open paragraph (HTML standard §13.2.6.4.7). */
export const ENDS_PARAGRAPH = names(`
  address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main
  menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing form table hr xmp plaintext dd dt li`)

export const HEADING = names('h1 h2 h3 h4 h5 h6')

/** The standard's formatting elements: the ones that authors nest wrongly and browsers repair. */
export const FORMATTING = names('a b big code em font i nobr s small strike strong tt u')

/** The standard's special elements (§13.2.4.2): a stray end tag of anything else doesn't reach across them. */
export const SPECIAL = names(`
  address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details
  dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
  iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol p param plaintext
  pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul
  wbr xmp`)

/** Where looking for an open element stops. */
export const SCOPE_END = names('applet caption html table td th marquee object template foreignobject')

/** Laid out as blocks of their own: text before, inside and after them is never one line. */
export const BLOCK = names(`
  address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre
  search section summary table tbody td tfoot th thead tr ul xmp`)

/** Never text that anybody reads on the page. */
export const UNREAD = names(
  'head script style template noframes noembed object applet embed iframe frame svg canvas audio video map area link meta title base param source track datalist',
)

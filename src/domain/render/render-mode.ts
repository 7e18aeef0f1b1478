/** As callers choose it: a browser where it pays, never, or for every page. */
export type RenderMode = 'auto' | 'never' | 'always'

/** Why a page was rendered; `renderReason` of its Document. */
export type RenderReason = 'requested' | 'empty_shell'

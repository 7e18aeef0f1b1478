/** How a page that shows its content bit by bit is made to show more of it. */
export interface LoadMore {
  /** CSS: what is clicked for more; without it, the page is scrolled to its end. */
  selector?: string | undefined
  times: number
}

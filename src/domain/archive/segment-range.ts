/** A byte range in an archive segment: whole gzip members. */
export interface SegmentRange {
  offset: number
  length: number
}

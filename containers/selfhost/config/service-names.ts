/** The application's Worker, and under the same name its binding in the Workers that call it. */
export const APPLICATION = 'lapis'
/** All Durable Objects share one disk; each class has its own directory there. */
export const DURABLE_OBJECTS = 'durable-objects'
export const BLOBS = 'blobs'
export const POSTGRES = 'postgres'
export const RENDERER = 'renderer'

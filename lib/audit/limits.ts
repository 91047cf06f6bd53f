/** Bytes in a part: base64 makes a third more of it, and rows are read whole. */
export const PART_BYTES = 384 * 1024;

/** Larger files are not kept in tables; the flow makes an archive copy instead. */
export const MAX_CONTENT_BYTES = 8 * 1024 * 1024;

/** What a server may cost us. Every length it sends is compared with one of these before anything is allocated for it. */

/** 8K UHD; also the memory of the framebuffer: 4 bytes a pixel, 127 MiB. */
export const MAX_PIXELS = 7680 * 4320;
/** The largest width or height that servers in use allow. */
export const MAX_SIDE_PX = 16_384;

/** All that is read from one connection; a raw picture of the largest size takes 127 MiB. */
export const MAX_RECEIVED_BYTES = 192 * 1024 * 1024;
/** The most that is asked of the connection at once. */
export const MAX_READ_BYTES = 64 * 1024;

/** Kept of a desktop's name; more is skipped up to the limit below. */
export const MAX_NAME_BYTES = 4 * 1024;
export const MAX_SKIPPED_NAME_BYTES = 64 * 1024;
export const MAX_REASON_BYTES = 4 * 1024;
export const MAX_CUT_TEXT_BYTES = 256 * 1024;

/** Messages of any kind until the picture is whole. */
export const MAX_MESSAGES = 1_000;
/** Rectangles of any kind until the picture is whole; an empty one costs the server 12 bytes, and us more. */
export const MAX_RECTANGLES = 1_000_000;
/** Changes of the desktop's size until the picture is whole; each costs a new framebuffer. */
export const MAX_RESIZES = 8;
/** How often, on average, each pixel may be painted until the picture is whole. */
export const MAX_PAINTS_PER_PIXEL = 4;
/** Pixels after which a signal or the deadline gets its turn; copied in columns of one pixel they take a tenth of a second. */
export const MAX_PIXELS_A_TURN = 1_000_000;

/** From the greeting to ServerInit, in milliseconds. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Resource limits. Every length from the server is checked against one of these before anything is allocated. */

/** 8K UHD; at 4 bytes a pixel the framebuffer takes 127 MiB. */
export const MAX_PIXELS = 7680 * 4320;
/** The largest width or height that common servers allow. */
export const MAX_SIDE_PX = 16_384;

/** Total per connection; a Raw frame of the largest size takes 127 MiB. */
export const MAX_RECEIVED_BYTES = 192 * 1024 * 1024;
/** Largest single read. */
export const MAX_READ_BYTES = 64 * 1024;

/** Kept of the desktop name; the rest is skipped, up to the next limit. */
export const MAX_NAME_BYTES = 4 * 1024;
export const MAX_SKIPPED_NAME_BYTES = 64 * 1024;
export const MAX_REASON_BYTES = 4 * 1024;
export const MAX_CUT_TEXT_BYTES = 256 * 1024;

/** Server messages until the frame is complete. */
export const MAX_MESSAGES = 1_000;
/** Rectangles until the frame is complete; an empty one costs the server only 12 bytes. */
export const MAX_RECTANGLES = 1_000_000;
/** DesktopSize changes until the frame is complete; each allocates a new framebuffer. */
export const MAX_RESIZES = 8;
/** How often each pixel may be painted on average until the frame is complete. */
export const MAX_PAINTS_PER_PIXEL = 4;
/** Pixels after which the event loop runs, for the signal and the deadline; at worst (1-pixel columns) every 0.1 s. */
export const MAX_PIXELS_A_TURN = 1_000_000;

/** From the greeting to ServerInit, in milliseconds. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

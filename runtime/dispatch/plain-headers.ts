/** Of answers that the engine gives itself, in words. */
export const plainText: [string, string] = ["content-type", "text/plain; charset=utf-8"];

/**
 * Of every 503 (RFC 9110, 10.2.3), in seconds: a place in the queue, or another worker, is there in less. What was stopped
 * or never started may be running then, too.
 */
export const retryAfter: [string, string] = ["retry-after", "1"];

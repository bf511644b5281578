/**
 * Whether a statement may leave something in the session that is the connection's alone: settings, prepared statements, temporary
 * tables, cursors, locks. Told by its words: a mention too many keeps the session for one connection a little longer, no more.
 */
export function holdsSession(sql: string): boolean {
  return words.test(sql);
}

const words =
  /^\s*(?:set|reset|prepare|declare|listen|load|discard)\b|\btemp(?:orary)?\b|\bset_config\b|\bpg_(?:try_)?advisory_lock|\b(?:currval|lastval)\b/i;

/**
 * One finding about the workspace, placed where the person can mend it.
 * Lines and columns count from 1, columns in UTF-16 code units, as Monaco counts them.
 */
export interface Diagnostic {
  severity: "error" | "warning";
  /** A stable, kebab-case name for this kind of finding. */
  code: string;
  message: string;
  /** Path in the workspace, without a leading slash. */
  file?: string;
  line?: number;
  column?: number;
  /** What the component would have needed: the entry in a list of its table in the manifest. */
  grant?: {
    component: string;
    field: "allowed_outbound_hosts" | "key_value_stores" | "sqlite_databases";
    entry: string;
  };
}

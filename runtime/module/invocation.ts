/** What the trigger says of how a program is called, beside the request itself. */
export interface Invocation {
  /** Template of the arguments: `executor.argv` of the manifest. */
  argv: string;
  /** Bytes that a response may have, and so a program may print. */
  mostOutput: number;
}

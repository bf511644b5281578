/** Where a person is in the plain text of a file, for the editor to go on from there. */
export interface ReadingPlace {
  path: string;
  /** Whether the text has the focus: then the editor takes it over. */
  focused: boolean;
  /** The line that was pressed, from 1. */
  line: number;
  /** In pixels; plain text and editor have the same metrics. */
  scrollTop: number;
}

export function startOf(path: string): ReadingPlace {
  return { path, focused: false, line: 1, scrollTop: 0 };
}

/** The sentence that a caught value has for a person. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== "") return error.message;
  return typeof error === "string" && error !== "" ? error : "It failed without a reason.";
}

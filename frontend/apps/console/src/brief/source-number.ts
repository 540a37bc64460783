/** The number that people see: `S12` is 12, in the brief as in what the agents say. */
export function sourceNumber(id: string): string {
  return id.replace(/^S(?=\d)/, "");
}

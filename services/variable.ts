/**
 * A variable that the platform sets.
 * @throws {Error} when it is missing or empty, so that the function fails at its start and not at its first request.
 */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`variable ${name} is not set`);
  return value;
}

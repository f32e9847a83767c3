/** Whether a version such as `5.18` or `8.4.8` is at least another, part by part. Parts that one of them leaves out don't count. */
export function isAtLeast(version: string, least: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, wanted] of least.split(".").map(Number).entries()) {
    const part = parts[index];
    if (part === undefined || Number.isNaN(part) || part === wanted) continue;
    return part > wanted;
  }
  return true;
}

/** Stands in for the code of the service. */
export function handler(): void {}

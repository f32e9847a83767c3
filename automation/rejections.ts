type Listener = (reason: unknown) => void;

/** Who hears of them, the last that asked at the end. */
const listeners: Listener[] = [];

function tell(reason: unknown): void {
  listeners.at(-1)?.(reason);
}

/**
 * Hears of promises that are rejected while nobody awaits them, in the place of whoever heard of them before. When a program fails, the SDK rejects one for
 * each resource that was waiting; the first says why.
 * @returns what ends it.
 */
export function hearRejections(listener: Listener): () => void {
  if (listeners.length === 0) process.on("unhandledRejection", tell);
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.lastIndexOf(listener), 1);
    if (listeners.length === 0) process.off("unhandledRejection", tell);
  };
}

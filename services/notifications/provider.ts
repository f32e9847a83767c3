import { type Message } from "./message";

const TIMEOUT_MS = 3_000;

/** Delivers a message; the same id twice delivers it once. */
export type Deliver = (id: string, message: Message) => Promise<void>;

/**
 * Delivers messages by the provider's HTTP API.
 * @param url where messages are posted to.
 * @param key its API key.
 */
export function provider(url: string, key: () => Promise<string>): Deliver {
  return async (id, message) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${await key()}`, "content-type": "application/json", "idempotency-key": id },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the provider answered ${response.status} to message ${id}`);
  };
}

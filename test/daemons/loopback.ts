import { createServer, type Server } from "node:net";

/** Taken on the first address of a network for as long as a test uses it. */
const CLAIM_PORT = 7_777;
const COPIES = 16;
const PROGRAMS = 15;

/**
 * A network of loopback addresses, 127.77.n.0/24, that no other run of the tests on this machine uses: every copy of every program gets an
 * address of its own, and the ports that it has in production.
 */
export class LoopbackNetwork {
  private programs = 0;

  private constructor(
    private readonly network: number,
    private readonly claim: Server,
  ) {}

  /** @throws {Error} when every network is taken. */
  static async claim(): Promise<LoopbackNetwork> {
    for (let network = 1; network < 255; network++) {
      const claim = await listen(`127.77.${network}.1`, CLAIM_PORT);
      if (claim) return new LoopbackNetwork(network, claim);
    }
    throw new Error("every loopback network 127.77.n.0/24 is in use");
  }

  /** Addresses of the copies of the next program. */
  addresses(copies: number): string[] {
    if (copies > COPIES || this.programs >= PROGRAMS) throw new Error("a loopback network holds 15 programs of 16 copies");
    const first = COPIES * this.programs++ + 2;
    return Array.from({ length: copies }, (_, copy) => `127.77.${this.network}.${first + copy}`);
  }

  release(): Promise<void> {
    return new Promise((resolve) => this.claim.close(() => resolve()));
  }
}

/** A server on an address; undefined when it is taken. */
function listen(address: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(port, address, () => resolve(server));
  });
}

/** After the last change, how long nothing must happen before it is looked at: an editor writes a file in several steps. */
const QUIET_MS = 20;

/** Changes as they come in, and the one who waits for them. */
export class Changes {
  private noticed = 0;
  private taken = 0;
  private at = 0;
  private ended: { readonly error?: Error } | undefined;
  private wake: () => void = () => undefined;

  /** True when something has changed since the last call of {@link next}. */
  get pending(): boolean {
    return this.noticed > this.taken;
  }

  notice(): void {
    if (!this.pending) this.at = performance.now();
    this.noticed += 1;
    this.wake();
  }

  /** Nothing more is to come. */
  end(error?: Error): void {
    this.ended ??= error ? { error } : {};
    this.wake();
  }

  /** Waits until something has changed and all is quiet again. @returns when the first of it changed; nothing at the end. */
  async next(): Promise<number | undefined> {
    let seen = -1;
    while (!this.ended && (!this.pending || this.noticed !== seen)) {
      seen = this.noticed;
      await this.change(this.pending ? QUIET_MS : undefined);
    }
    if (this.ended?.error) throw this.ended.error;
    this.taken = this.noticed;
    return this.ended ? undefined : this.at;
  }

  /** Until the next change, or for so long. */
  private change(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

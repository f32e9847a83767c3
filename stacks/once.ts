/** Something that is made when it is first asked for. */
export class Once<Thing> {
  private thing: Thing | undefined;

  constructor(private readonly make: () => Thing) {}

  /** The thing, made now if it was not before. */
  get(): Thing {
    return (this.thing ??= this.make());
  }

  /** The thing if somebody has asked for it. */
  get made(): Thing | undefined {
    return this.thing;
  }
}

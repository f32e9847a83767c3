import { UserError } from "../../components/faults";

/** An operation that nobody but a person can settle. */
export interface Open {
  readonly urn: string;
  readonly type: string;
  readonly because: string;
  /** What a person should look at. */
  readonly look: string;
}

/** Something was begun, and neither the state nor the cloud tells whether it was done. The state is as it was. */
export class UndecidedOperations extends UserError {
  override readonly name = "UndecidedOperations";

  constructor(readonly open: readonly Open[]) {
    super(
      open
        .map(
          ({ urn, because, look }) =>
            `${urn}: ${because}; look at ${look}; then say --settle '${urn}=<id>' if it is there, or --settle '${urn}=' if it is not`,
        )
        .join("\n"),
    );
  }
}

import { snapshotIsNotPublic as rule } from "../../../../../policy/security/rules/databases/snapshot-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const SNAPSHOT = "aws:rds/snapshot:Snapshot";

export const cases: RuleCases = {
  rule,
  pass: {
    "shared with an account": given(SNAPSHOT, { sharedAccounts: ["444455556666"] }),
    "shared with nobody, by an empty list": given("aws:rds/clusterSnapshot:ClusterSnapshot", { sharedAccounts: [] }),
  },
  fail: {
    "shared with all": { given: given(SNAPSHOT, { sharedAccounts: ["all"] }), says: /orders is open to everybody: sharedAccounts has all/ },
    "a copy that is, beside an account that is not known yet": {
      given: given("aws:rds/snapshotCopy:SnapshotCopy", { sharedAccounts: [UNKNOWN, "all"] }),
      says: /has all/,
    },
  },
  absent: { "without a list, which shares with nobody": { given: given(SNAPSHOT), says: "pass" } },
  unknown: {
    "while the list is not known": given(SNAPSHOT, { sharedAccounts: UNKNOWN }),
    "while an account is not known": given(SNAPSHOT, { sharedAccounts: ["1", UNKNOWN] }),
  },
  mutations: {
    "a snapshot of the customers' database is given to everybody": (stack) => {
      const database = stack.one("aws:rds/instance:Instance", "crm");
      stack.add(SNAPSHOT, "crm-for-the-agency", {
        dbInstanceIdentifier: id(database),
        dbSnapshotIdentifier: "crm-for-the-agency",
        sharedAccounts: ["all"],
      });
    },
  },
};

import { WAREHOUSE_DEFAULTS } from "../../../../facts/database-names";
import { stackRule } from "../../../lib/rule";
import { commonAdministrator } from "../../../lib/stores/administrators";
import { SERVERLESS_NAMESPACE, storeVerdicts, WAREHOUSE } from "../../../lib/stores/store-rule";

/** The provider makes a secret of the name of a serverless administrator, so that in a plan only a missing one can be told. */
export const warehouseAdministratorHasOwnName = stackRule({
  id: "warehouse-administrator-has-own-name",
  title: "No warehouse has an administrator of a common name",
  severity: "medium",
  why: "Whoever guesses passwords begins with awsuser and admin; with the name known, half of the sign-in is.",
  fix: "Choose another masterUsername (adminUsername of a namespace); for a cluster that makes a new one.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-8"],
  frameworks: [
    { name: "FSBP", id: "Redshift.8" },
    { name: "FSBP", id: "RedshiftServerless.5" },
    { name: "AwsSolutions", id: "RS3" },
  ],
  check: (stack) =>
    storeVerdicts(
      stack,
      [
        { types: [WAREHOUSE], findings: (cluster) => commonAdministrator(cluster, "masterUsername") },
        {
          types: [SERVERLESS_NAMESPACE],
          findings: (namespace) => commonAdministrator(namespace, "adminUsername", WAREHOUSE_DEFAULTS.serverlessAdministrator),
        },
      ],
      "has an administrator whose name is guessed first",
    ),
});

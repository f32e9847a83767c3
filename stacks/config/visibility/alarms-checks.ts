import { type Fault } from "../../../components/faults";
import { type EnvironmentConfig } from "../../environment";
import { SECRET_VALUE } from "./secret-value";

const HTTPS = /^https:\/\/[^\s/]+\/\S+$/;

/**
 * What is wrong with who is told. The address of a pager is in no fault: whoever knows it can wake people, or silence them.
 * @param encrypted whether the section `strata:visibility` holds an encrypted value: the engine hands over no more than that.
 */
export function alarmsFaults({ name, visibility }: Pick<EnvironmentConfig, "name" | "visibility">, encrypted: boolean): Fault[] {
  const { pager } = visibility.alarms;
  if (!pager) return [];
  const key = `Pulumi.${name}.yaml: strata:visibility.alarms.pager.url`;
  return [
    ...(encrypted
      ? []
      : [
          {
            key,
            what: "is in plain text, and whoever knows it can wake people or silence them",
            right: "set it with `pulumi config set --secret --path strata:visibility.alarms.pager.url`",
          },
        ]),
    ...(pager.url === SECRET_VALUE || HTTPS.test(pager.url)
      ? []
      : [{ key, what: "is not an https address with a path", right: "copy it from the pager's integration for Amazon SNS" }]),
  ];
}

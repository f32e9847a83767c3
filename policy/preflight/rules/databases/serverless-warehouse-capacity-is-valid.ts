import { isBaseCapacity, REDSHIFT_BASE_CAPACITY } from "../../../../facts/redshift";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { SERVERLESS_WORKGROUP } from "../../../lib/stores/store-rule";

const BASE = "baseCapacity";
const MAXIMUM = "maxCapacity";
const { smallest, step, maximum: most } = REDSHIFT_BASE_CAPACITY;

/** Left out, the base is 128 RPU and there is no maximum. */
const DEFAULT_BASE = 128;

export const serverlessWarehouseCapacityIsValid = resourceRule({
  id: "serverless-warehouse-capacity-is-valid",
  title: "The capacity of every serverless warehouse is a step that Redshift has, and its maximum is not below its base",
  severity: "medium",
  why: "Redshift Serverless scales in steps of 8 units; it refuses a workgroup with another base, or with a maximum that the base already passes.",
  fix: `Set ${BASE} to ${smallest}, or to a multiple of ${step} up to ${most}, and ${MAXIMUM} to a multiple of ${step} that is no less.`,
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html"],
  frameworks: [],
  types: [SERVERLESS_WORKGROUP],
  check: (workgroup) => [refused(workgroup, [...base(workgroup), ...maximum(workgroup)])],
});

function base(workgroup: Resource): Finding[] {
  if (!isSet(workgroup, BASE)) return [];
  const found = amount(read(workgroup, BASE));
  if (found === undefined) return [notKnown(BASE)];
  return isBaseCapacity(found)
    ? []
    : [{ what: `${BASE} is ${found}; it can be ${smallest}, or ${step} to ${most} in steps of ${step}`, property: BASE }];
}

function maximum(workgroup: Resource): Finding[] {
  if (!isSet(workgroup, MAXIMUM)) return [];
  const found = amount(read(workgroup, MAXIMUM));
  if (found === undefined) return [notKnown(MAXIMUM)];
  if (!Number.isInteger(found / step) || found <= 0)
    return [{ what: `${MAXIMUM} is ${found}, which is no multiple of ${step}`, property: MAXIMUM }];
  const start = isSet(workgroup, BASE) ? amount(read(workgroup, BASE)) : DEFAULT_BASE;
  return start !== undefined && found < start ? [{ what: `${MAXIMUM} ${found} is below ${BASE} ${start}`, property: MAXIMUM }] : [];
}

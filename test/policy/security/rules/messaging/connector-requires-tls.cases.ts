import { connectorRequiresTls as rule } from "../../../../../policy/security/rules/messaging/connector-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { CONNECTOR, FINE_CONNECTOR } from "./connectors";

const PROPERTY = "kafkaClusterEncryptionInTransit";

export const cases: RuleCases = {
  rule,
  pass: { "with TLS": given(CONNECTOR, { [PROPERTY]: { encryptionType: "TLS" } }) },
  fail: {
    "in the clear": { given: given(CONNECTOR, { [PROPERTY]: { encryptionType: "PLAINTEXT" } }), says: /orders speaks in the clear/ },
  },
  absent: { "without a type, which is plain": { given: given(CONNECTOR, { [PROPERTY]: {} }), says: /encryptionType is not TLS/ } },
  unknown: { "while it is not known": given(CONNECTOR, { [PROPERTY]: UNKNOWN }) },
  mutations: {
    "a connector is added that speaks in the clear": (stack) =>
      void stack.add(CONNECTOR, "orders-to-search", { ...FINE_CONNECTOR, [PROPERTY]: { encryptionType: "PLAINTEXT" } }),
  },
};

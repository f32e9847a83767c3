import { type RelationalSettings } from "../components/persistence/relational/relational-store";
import { type EnvironmentConfig } from "./environment";

/** What an environment says of all its relational stores. */
export function relationalSettings({ environment, persistence, network }: EnvironmentConfig): RelationalSettings {
  return {
    durable: environment.durable,
    capacity: {
      minimum: persistence.auroraMinimumAcu,
      maximum: persistence.auroraMaximumAcu,
      pauseAfter: persistence.auroraPauseAfter,
    },
    readers: persistence.auroraReaders,
    backupDays: persistence.backupDays,
    zones: network.availabilityZones.length,
  };
}

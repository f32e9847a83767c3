import { UNKNOWN } from "../../../../../policy/lib/resource";
import { databaseStorageFitsEngine as rule } from "../../../../../policy/preflight/rules/databases/database-storage-fits-engine";
import { type RuleCases } from "../../../cases";
import { GOOD_INSTANCE, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, GOOD_INSTANCE);

export const cases: RuleCases = {
  rule,
  pass: {
    "of 100 GiB of gp3": instance(),
    "of gp3 that is large enough to be tuned": instance({ allocatedStorage: 400, iops: 12_000, storageThroughput: 500 }),
    "of SQL Server, which is tuned from the first GiB on": instance({ engine: "sqlserver-se", iops: 4000 }),
    "of a replica, which has the size of its source": instance({ allocatedStorage: null, replicateSourceDb: "a" }),
    "with operations, which is io1": instance({ storageType: null, iops: 3000 }),
  },
  fail: {
    "of 10 GiB": { given: instance({ allocatedStorage: 10 }), says: /allocatedStorage is 10; it can be 20 to 65536 GiB of gp3/ },
    "of SQL Server above 16 TiB": { given: instance({ engine: "sqlserver-se", allocatedStorage: 20_000 }), says: /20 to 16384/ },
    "of small gp3 with operations": { given: instance({ iops: 3000 }), says: /iops is set on 100 GiB: gp3 takes it from 400 GiB on/ },
    "of gp2 with operations": { given: instance({ storageType: "gp2", iops: 3000 }), says: /iops is set, which gp2 does not take/ },
    "of io1 without operations": { given: instance({ storageType: "io1" }), says: /storageType is io1 and iops is absent/ },
    "of a type that RDS does not have": { given: instance({ storageType: "st1" }), says: /storageType is "st1"/ },
  },
  absent: {
    "without a type, which is gp2": { given: instance({ storageType: null, storageThroughput: 500 }), says: /which gp2 does not take/ },
    "without a size": { given: instance({ allocatedStorage: null }), says: /allocatedStorage is absent/ },
  },
  unknown: {
    "while nobody knows whether it is tuned": instance({ iops: UNKNOWN }),
    "while iops would say of which type it is": instance({ storageType: null, iops: UNKNOWN }),
    "while the size is not known": instance({ allocatedStorage: UNKNOWN }),
    "while the type is not known": instance({ storageType: UNKNOWN }),
    "while the engine is not known": instance({ engine: UNKNOWN }),
  },
  mutations: {
    "small gp3 is given operations": (stack) => stack.set(stack.one(INSTANCE, "crm"), "iops", 12_000),
    "a database has less storage than RDS takes": (stack) => stack.set(stack.one(INSTANCE, "wiki"), "allocatedStorage", 10),
  },
};

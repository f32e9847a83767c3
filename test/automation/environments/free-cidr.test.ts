import assert from "node:assert/strict";
import fc from "fast-check";
import { EPHEMERAL_POOL, EPHEMERAL_PREFIX, freeCidr } from "../../../automation/environments/free-cidr";
import { isAligned, overlaps, parseCidr } from "../../../components/network/cidr";
import { validateLayout } from "../../../components/network/layout";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}-[a-z0-9]{1,8}$/);
const octet = fc.nat(255);
const cidr = fc
  .tuple(octet, octet, octet, fc.integer({ min: 10, max: 28 }))
  .map(([second, third, fourth, prefix]) => `10.${second}.${third}.${fourth}/${prefix}`);

describe("the range of an ephemeral environment", () => {
  it("shares no address with any range that is taken, is in the pool, and fits a VPC", () => {
    fc.assert(
      fc.property(name, fc.array(cidr, { maxLength: 30 }), (environment, taken) => {
        const free = parseCidr("10.128.0.0/10");
        // Two blocks as large as half the pool would leave nothing, which is another test's.
        fc.pre(!taken.some((block) => parseCidr(block).prefix < 12 && overlaps(parseCidr(block), free)) || taken.length < 4);
        let chosen: string;
        try {
          chosen = freeCidr(environment, taken);
        } catch (error) {
          assert.match(String(error), /no \/20 of 10\.128\.0\.0\/9 is free/);
          const pool = parseCidr(EPHEMERAL_POOL);
          assert.ok(taken.some((block) => overlaps(parseCidr(block), pool)));
          return;
        }
        const range = parseCidr(chosen);
        assert.ok(
          taken.every((block) => !overlaps(parseCidr(block), range)),
          chosen,
        );
        assert.ok(isAligned(chosen) && range.prefix === EPHEMERAL_PREFIX);
        const pool = parseCidr(EPHEMERAL_POOL);
        assert.ok(range.first >= pool.first && range.last <= pool.last);
        assert.deepEqual(validateLayout(chosen), []);
      }),
    );
  });

  it("is another for each environment while there is room, and the same again for the same name", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 20 }), (names) => {
        const taken: string[] = [];
        for (const environment of names) taken.push(freeCidr(environment, taken));
        assert.equal(new Set(taken).size, names.length);
        assert.equal(freeCidr(names[0] ?? "", []), taken[0]);
      }),
    );
  });

  it("takes the last block there is, and then says that the pool is full", () => {
    const pool = "10.128.0.0/18";
    const taken = ["10.128.0.0/20", "10.128.16.0/20", "10.128.48.0/20"];
    assert.equal(freeCidr("pr-1", taken, pool), "10.128.32.0/20");
    assert.throws(() => freeCidr("pr-1", [...taken, "10.128.40.7/32"], pool), /no \/20 of 10\.128\.0\.0\/18 is free/);
  });
});

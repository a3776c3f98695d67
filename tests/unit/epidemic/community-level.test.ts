import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	bedOccupancyColour,
	communityTransmission,
	overallCapacity,
	responseCapacity,
	situationalLevel,
	testingTarget,
	UNVERIFIED_LEVEL_CONFIGURATION,
	zoneOfPublishedScore,
} from "../../../core/epidemic/community-level.ts";

describe("levels of KMK 4805/2021", () => {
	it("is the highest of the three indicators, and never falls when one rises", () => {
		const rate = fc.double({ min: 0, max: 500, noNaN: true });
		fc.assert(
			fc.property(rate, rate, rate, rate, (cases, admissions, deaths, more) => {
				const level = (
					indicators: Parameters<typeof communityTransmission>[0],
				) => {
					const assessment = communityTransmission(indicators);
					if (assessment.status !== "assessed") throw new Error("not assessed");
					return assessment.level;
				};
				const base = level({ cases, admissions, deaths });
				expect(
					level({ cases: cases + more, admissions, deaths }),
				).toBeGreaterThanOrEqual(base);
				expect(base).toBe(
					Math.max(
						level({ cases, admissions: 0, deaths: 0 }),
						level({ cases: 0, admissions, deaths: 0 }),
						level({ cases: 0, admissions: 0, deaths }),
					),
				);
			}),
		);
	});

	it("names what was not reported and takes nothing for zero", () => {
		expect(
			communityTransmission({
				cases: 60,
				admissions: undefined,
				deaths: Number.NaN,
			}),
		).toMatchObject({ level: 3, missing: ["admissions", "deaths"] });
		expect(
			communityTransmission({
				cases: undefined,
				admissions: undefined,
				deaths: undefined,
			}),
		).toEqual({
			status: "not-assessable",
			missing: ["cases", "admissions", "deaths"],
		});
		expect(() =>
			communityTransmission({ cases: -1, admissions: 0, deaths: 0 }),
		).toThrow(/cases/);
	});

	it("takes the worst capacity that is known", () => {
		const capacity = responseCapacity({
			positivityPercent: 3,
			contactsPerCase: undefined,
			bedOccupancyPercent: 85,
		});
		expect(capacity).toEqual({
			testing: "memadai",
			tracing: undefined,
			treatment: "terbatas",
		});
		expect(overallCapacity(capacity)).toBe("terbatas");
		expect(
			overallCapacity({
				testing: undefined,
				tracing: undefined,
				treatment: undefined,
			}),
		).toBeUndefined();
	});

	it("says with every situational level that its matrix is unverified", () => {
		expect(situationalLevel("CT4", "terbatas")).toEqual({
			level: 4,
			status: "unverified",
		});
		expect(situationalLevel("no-cases", "memadai")).toEqual({
			level: 0,
			status: "unverified",
		});
		expect(UNVERIFIED_LEVEL_CONFIGURATION.status).toBe("unverified");
	});

	it("reads a published score to two decimals", () => {
		expect(zoneOfPublishedScore(1.8)).toBe("tinggi");
		expect(zoneOfPublishedScore(1.8 + 1e-12)).toBe("tinggi");
		expect(zoneOfPublishedScore(2.41)).toBe("rendah");
		expect(() => zoneOfPublishedScore(3.2)).toThrow(/score/);
	});

	it("has the task force's colours and the testing target at their edges", () => {
		expect([29.9, 30, 60, 80, 80.1].map(bedOccupancyColour)).toEqual([
			"hijau",
			"kuning",
			"oranye",
			"oranye",
			"merah",
		]);
		expect([4.9, 5, 15, 25].map(testingTarget)).toEqual([1, 5, 10, 15]);
	});
});

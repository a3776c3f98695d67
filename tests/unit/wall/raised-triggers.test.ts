import { expect, test } from "vitest";
import { day } from "../../../core/series/day.ts";
import type { Playlist } from "../../../core/wall/playlist.ts";
import {
	type Rule,
	standing,
	type WatchingRule,
} from "../../../core/wall/trigger.ts";
import type { ReaderPool } from "../../../main/backend/query/reader-pool.ts";
import { watchTriggers } from "../../../main/backend/server/raised-triggers.ts";

const LAST = day("2020-06-10");
const COMMITTED = Date.parse("2020-06-10T03:00:00Z");
const dataset = (seq: number, committedAt = COMMITTED) => ({
	...{ exercise: false, label: "", title: "", epoch: "e", seq, committedAt },
	stamp: "one replica.db 0",
	scope: "ID" as const,
	...{ firstDay: LAST - 19, lastDay: LAST, knownFrom: LAST - 19 },
	follow: [],
});

const AREAS = [
	["ID", "nation"],
	["31", "province"],
	["31.71", "regency"],
	["31.72", "regency"],
	["51.71", "regency"],
].map(([code, level], id) => ({ id, code, level, unknownPlace: false }));
/** Twenty days of the regencies: one below, one that crosses 100 three days ago, one far above for as long as there are days. */
const FIGURES = [50, 0, 200].map((value, area) =>
	Array.from({ length: 20 }, (_, at) =>
		area === 1 ? (at > 16 ? 120 : 80) : value,
	),
);

/** Answers as the replica does, from the figures above. */
function readers(
	figures = FIGURES,
): Pick<ReaderPool, "ask"> & { asked: string[] } {
	const asked: string[] = [];
	const answers: Record<string, () => unknown> = {
		areas: () => AREAS,
		freshness: () => [{ source: { key: "dinkes" }, lastDay: LAST - 5 }],
		cube: () => ({
			header: {
				areas: 3,
				days: (figures[0] ?? []).length,
				firstDay: LAST - (figures[0] ?? []).length + 1,
			},
			body: new Float64Array([...figures.flat(), 0, 0]).buffer,
		}),
	};
	return {
		asked,
		ask: (async (name: string) => {
			asked.push(name);
			return { seq: 1, answer: answers[name]?.() };
		}) as unknown as ReaderPool["ask"],
	};
}

const playlist = (...rules: readonly Rule[]): Playlist => ({
	...{ id: "p", name: "P", transition: "cut", hours: [] },
	entries: [{ scene: "s", seconds: 30 }],
	triggers: rules.map((rule, at) => ({
		...{ id: `t${at}`, scene: `s${at}`, rule },
		seconds: rule.kind === "publication" ? 60 : null,
	})),
});
const watched: Omit<WatchingRule, "kind" | "area" | "level"> = {
	indicator: "confirmed",
	measure: "new7",
	direction: "above",
	value: 100,
	days: 1,
};

test("figures are those of the replica: an area beyond a value, and whoever crossed it in the last week in an area and in no other", async () => {
	const list = [
		playlist(
			{ kind: "threshold", area: "31.72", ...watched },
			{ kind: "threshold", area: "31.71", ...watched },
			{ kind: "alert", level: "regency", area: "31", ...watched },
			{ kind: "alert", level: "regency", area: "ID", ...watched },
			{ kind: "stale", source: "dinkes", days: 3 },
			{ kind: "threshold", area: "99", ...watched },
		),
	];
	const found = await watchTriggers(
		...([readers(), () => list, () => {}, () => COMMITTED] as const),
	).raised(dataset(1));
	const crossing = { area: "31.72", day: LAST - 2, value: 120 };
	expect(found.map(({ trigger, why }) => [trigger, why])).toEqual([
		["t0", { kind: "threshold", day: LAST, value: 120, since: LAST - 2 }],
		["t2", { kind: "alert", crossings: [crossing] }],
		["t3", { kind: "alert", crossings: [crossing] }],
		["t4", { kind: "stale", source: "dinkes", lastDay: LAST - 5, age: 5 }],
	]);
});

test("what was there when the program started does not come up again; a publication that comes later does, until it is held off", async () => {
	let now = COMMITTED + 3_600_000;
	const lists = [playlist({ kind: "publication" })];
	const told: string[] = [];
	const watch = watchTriggers(
		readers(),
		() => lists,
		() => told.push("changed"),
		() => now,
	);
	const shown = async (seq: number) =>
		standing(await watch.raised(dataset(seq)), "p", now)?.trigger ?? null;
	expect(await shown(1)).toBeNull();
	now += 1_000;
	expect(await shown(2)).toBe("t0");
	expect(watch.holdOff("p", "t0", true)).toBe(true);
	expect(told).toEqual(["changed"]);
	expect(await shown(2)).toBeNull();
	expect(watch.holdOff("p", "t9", true)).toBeNull();
	now += 1_000;
	expect(await shown(3)).toBe("t0");
	now += 60_000;
	expect(await shown(3)).toBeNull();
});

test("the replica is asked once for a publication, whoever asks how often", async () => {
	const asked = readers();
	const lists = [playlist({ kind: "stale", source: "dinkes", days: 3 })];
	const watch = watchTriggers(
		...([asked, () => lists, () => {}, () => COMMITTED] as const),
	);
	for (let times = 0; times < 5; times++) await watch.raised(dataset(1));
	expect(asked.asked).toEqual(["freshness"]);
	await watch.raised(dataset(2));
	expect(asked.asked).toEqual(["freshness", "freshness"]);
});

test("since when a figure is beyond a value is told however long ago that was", async () => {
	const lists = [playlist({ kind: "threshold", area: "31.71", ...watched })];
	const days = (count: number) =>
		readers([0, 1, 2].map(() => [50, ...Array<number>(count).fill(200)]));
	const watch = watchTriggers(
		...([days(400), () => lists, () => {}, () => COMMITTED] as const),
	);
	expect((await watch.raised(dataset(1)))[0]?.why).toMatchObject({
		since: LAST - 399,
	});
});

test("who has yet to say a first word in a country that is still being made is not silent", async () => {
	const list = [playlist({ kind: "stale", source: "hospitals", days: 3 })];
	const shown = (follows: boolean) =>
		watchTriggers(
			{
				ask: async () => ({
					seq: 1,
					answer: [{ source: { key: "hospitals" }, lastDay: null, follows }],
				}),
			} as unknown as Parameters<typeof watchTriggers>[0],
			() => list,
			() => {},
			() => COMMITTED,
		).raised(dataset(1));
	expect(await shown(true)).toEqual([]);
	expect(await shown(false)).toHaveLength(1);
});

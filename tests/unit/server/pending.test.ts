import { describe, expect, test } from "vitest";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { CubeHeader, Figures } from "../../../core/api/figures.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";
import { pendingOver } from "../../../main/backend/server/pending.ts";

const DAY = 18_364;
const AREAS = [
	{ id: 1, code: "ID", level: "nation" },
	{ id: 5, code: "35", level: "province" },
	{ id: 6, code: "36", level: "province" },
] as AreaRow[];

const decision = (part: Partial<OutboxEntry> = {}): OutboxEntry =>
	({
		id: "00000000-0000-4000-8000-000000000000",
		name: "override-value",
		request: { indicator: "confirmed", area: "36", day: DAY, value: 400 },
		state: "waiting",
		audit: null,
		seq: null,
		...part,
	}) as OutboxEntry;

const figures = (area: number, day = DAY): Figures =>
	({ indicator: "confirmed", area, day, value: 386, pending: null }) as Figures;

const over = (entries: OutboxEntry[], seq = 7, asKnown: number | null = null) =>
	pendingOver(entries, seq, asKnown, async () => AREAS);

describe("what was decided here and is not published yet", () => {
	test("lies over the figure of its area and day, and leaves the figure itself and all others as they are", async () => {
		const { figures: lay } = await over([decision()]);
		expect(lay([figures(5), figures(6), figures(6, DAY + 1)])).toEqual([
			figures(5),
			{ ...figures(6), pending: { value: 400 } },
			figures(6, DAY + 1),
		]);
	});

	test("colours the map in totals, and in other measures marks the area", async () => {
		const header = (measure: CubeHeader["measure"]) =>
			({
				indicator: "confirmed",
				measure,
				level: "province",
				firstDay: DAY - 1,
				days: 2,
				areas: 2,
				seq: 7,
				pending: [],
			}) satisfies CubeHeader;
		const body = () => {
			const bytes = new ArrayBuffer(4 * 10);
			new Float64Array(bytes, 0, 4).set([1, 2, 3, 4]);
			return bytes;
		};
		const { cube } = await over([decision()]);
		const total = body();
		const marked = [{ area: 6, day: DAY, value: 400 }];
		expect(cube(header("total"), total).pending).toEqual(marked);
		expect([...new Float64Array(total, 0, 4)]).toEqual([1, 2, 3, 400]);
		const week = body();
		expect(cube(header("new7"), week).pending).toEqual(marked);
		expect([...new Float64Array(week, 0, 4)]).toEqual([1, 2, 3, 4]);
	});

	test("is gone once the publication that carries it was read, when it was refused, and as known on an earlier day", async () => {
		const rows = [figures(6)];
		const done = decision({ state: "done", audit: 3, seq: 8 });
		expect((await over([done], 7)).figures(rows)[0]?.pending).toEqual({
			value: 400,
		});
		expect((await over([done], 8)).figures(rows)).toEqual(rows);
		const refused = decision({ state: "refused" });
		expect((await over([refused])).figures(rows)).toEqual(rows);
		expect((await over([decision()], 7, DAY)).figures(rows)).toEqual(rows);
	});
});

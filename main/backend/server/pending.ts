import type { AreaRow } from "../../../core/api/areas.ts";
import { cellKey, cellOf, pendingValues } from "../../../core/api/decided.ts";
import type { CubeHeader, Figures } from "../../../core/api/figures.ts";
import type { OutboxEntry } from "../../../core/api/outbox.ts";

/** Lays what was decided at this workstation, and is not published yet, over what the replica answers: the one place that does. */
export interface PendingOver {
	figures<Row extends Figures>(rows: readonly Row[]): Row[];
	/** Before a cube is narrowed: its rows are the areas of its level. */
	cube(header: CubeHeader, body: ArrayBuffer): CubeHeader;
}

const NOTHING: PendingOver = {
	figures: (rows) => [...rows],
	cube: (header) => header,
};

/**
 * @param entries of the outbox that the person may see
 * @param seq the publication that was read
 * @param asKnown null: what is known now; a past state of knowledge is not decided about
 * @param areas asked for only when there is something to lay over
 */
export async function pendingOver(
	entries: readonly OutboxEntry[],
	seq: number | null,
	asKnown: number | null,
	areas: () => Promise<readonly AreaRow[]>,
): Promise<PendingOver> {
	if (asKnown !== null || entries.length === 0) return NOTHING;
	const pending = pendingValues(entries, seq);
	if (pending.size === 0) return NOTHING;
	const all = await areas();
	const codes = new Map(all.map(({ id, code }) => [id, code]));
	return {
		figures: (rows) =>
			rows.map((row) => {
				const value = pending.get(
					cellKey({ ...row, area: codes.get(row.area) ?? "" }),
				);
				return value === undefined ? row : { ...row, pending: { value } };
			}),
		cube(header, body) {
			const values = new Float64Array(body, 0, header.areas * header.days);
			const found: CubeHeader["pending"] = [];
			const level = all.filter((area) => area.level === header.level);
			for (const [key, value] of pending) {
				const { indicator, area, day } = cellOf(key);
				const row = level.findIndex(({ code }) => code === area);
				const column = day - header.firstDay;
				const shown = level[row];
				if (indicator !== header.indicator || !shown) continue;
				if (column < 0 || column >= header.days) continue;
				found.push({ area: shown.id, day, value });
				if (header.measure === "total" && value !== null)
					values[row * header.days + column] = value;
			}
			return { ...header, pending: found };
		},
	};
}

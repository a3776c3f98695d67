import type { Block, DigestPart } from "./publication.ts";
import type { FeedTable } from "./table.ts";

/** A value of a published row: integers and reals are numbers, empty is null. */
export type FeedValue = number | string | null;

/**
 * The line that stands for a row in a digest: its values in the order of the table's columns as a JSON array, and a newline. A whole
 * real and an integer read the same (`386`), whichever database they come from.
 */
export function digestLine(row: readonly FeedValue[]): string {
	return `${JSON.stringify(row)}\n`;
}

/**
 * The ORDER BY list of a table in key order. Text is compared byte by byte in both databases: SQLite does so by itself, PostgreSQL when
 * told the collation "C".
 */
export function keyOrder(
	table: FeedTable,
	database: "sqlite" | "postgresql",
): string {
	return table.key
		.map((name) => {
			const column = table.columns.find((entry) => entry.name === name);
			return database === "postgresql" && column?.type === "text"
				? `"${name}" COLLATE "C"`
				: `"${name}"`;
		})
		.join(", ");
}

/** Which part of a table a row belongs to. A table that is not divided is one part: month and province are null. */
export interface PartName {
	readonly month: number | null;
	readonly province: number | null;
}

/** An area as the division into provinces needs it. */
export interface Place {
	readonly id: number;
	readonly level: number;
	readonly parent: number | null;
}

/** Says which province an area, or the area of a facility, lies in. */
export interface Places {
	ofArea(id: number): number;
	ofFacility(id: number): number;
}

/** The province of what is nowhere: an area or facility that the dataset does not name. */
export const NOWHERE = 0;

/**
 * Reads the division into provinces out of the rows of `area` and `facility`: the nearest area of level 1 or 0 at or above. The nation
 * stands for itself.
 */
export function placesOf(
	areas: Iterable<Place>,
	facilities: Iterable<{ readonly id: number; readonly area: number }>,
): Places {
	const byId = new Map<number, Place>();
	for (const area of areas) byId.set(area.id, area);
	const found = new Map<number, number>();
	function ofArea(id: number): number {
		const known = found.get(id);
		if (known !== undefined) return known;
		let at = byId.get(id);
		// A damaged replica may hold a circle: nobody climbs further than there are areas.
		for (let left = byId.size; at && at.level > 1 && left > 0; left--)
			at = at.parent === null ? undefined : byId.get(at.parent);
		const province = at && at.level <= 1 ? at.id : NOWHERE;
		found.set(id, province);
		return province;
	}
	const areaOf = new Map<number, number>();
	for (const { id, area } of facilities) areaOf.set(id, area);
	return {
		ofArea,
		ofFacility(id) {
			const area = areaOf.get(id);
			return area === undefined ? NOWHERE : ofArea(area);
		},
	};
}

/**
 * How the rows of a table fall into parts, by month and province: whatever has a month and an area or facility is divided.
 * @param columns the columns of the rows to come, in their order: those of the table, or those of its key
 * @returns null when the table is one part
 */
export function divisionOf(
	columns: readonly string[],
	places: Places,
): ((row: readonly FeedValue[]) => { month: number; province: number }) | null {
	const month = columns.indexOf("month");
	const area = columns.indexOf("area");
	const facility = columns.indexOf("facility");
	if (month < 0 || (area < 0 && facility < 0)) return null;
	return (row) => ({
		month: row[month] as number,
		province:
			area >= 0
				? places.ofArea(row[area] as number)
				: places.ofFacility(row[facility] as number),
	});
}

/** The parts of its table that a block changes. */
export function partsOf(block: Block, places: Places): PartName[] {
	const division = divisionOf(block.columns, places);
	if (!division) return [{ month: null, province: null }];
	const parts = new Map<string, PartName>();
	for (let r = 0; r < (block.values[0]?.length ?? 0); r++) {
		const part = division(block.values.map((column) => column[r]));
		parts.set(partKey(part), part);
	}
	return [...parts.values()];
}

/** A text that is equal for equal parts of a table: as in the path of a part, `243/35` or `-/-`. */
export function partKey({ month, province }: PartName): string {
	return `${month ?? "-"}/${province ?? "-"}`;
}

/** A hash under way; Node's `createHash("sha256")` is one. */
export interface RunningHash {
	update(text: string): unknown;
	digest(encoding: "hex"): string;
}

/** Takes the rows of one table in key order and says what its parts are. */
export interface PartsReader {
	add(row: readonly FeedValue[]): void;
	/** The parts in the order of month and province. */
	finish(): DigestPart[];
}

/** Text hashed at once: large enough that the call costs nothing, small enough to stay in the processor's cache. */
const PIECE = 32 * 1024;

/**
 * Makes the digests of the parts of a table: for each the number of its rows and the SHA-256 over their lines (`digestLine`) in key
 * order.
 * @param newHash begins a SHA-256
 * @param wanted only these parts, by their `partKey`; all when left out
 */
export function partsReader(
	table: FeedTable,
	places: Places,
	newHash: () => RunningHash,
	wanted?: ReadonlySet<string>,
): PartsReader {
	interface Open {
		readonly name: PartName;
		readonly hash: RunningHash;
		rows: number;
		lines: string;
	}
	// By month, then province: no text is made for a row.
	const open = new Map<number | null, Map<number | null, Open | null>>();
	const begin = (name: PartName): Open | null => {
		const part =
			wanted && !wanted.has(partKey(name))
				? null
				: { name, hash: newHash(), rows: 0, lines: "" };
		let month = open.get(name.month);
		if (!month) {
			month = new Map();
			open.set(name.month, month);
		}
		month.set(name.province, part);
		return part;
	};
	const partOf = (name: PartName): Open | null => {
		const part = open.get(name.month)?.get(name.province);
		return part === undefined ? begin(name) : part;
	};
	const division = divisionOf(
		table.columns.map(({ name }) => name),
		places,
	);
	// A table that is not divided has its part also when it is empty.
	const whole = division ? null : begin({ month: null, province: null });
	return {
		add(row) {
			const part = division ? partOf(division(row)) : whole;
			if (!part) return;
			part.rows++;
			part.lines += digestLine(row);
			if (part.lines.length < PIECE) return;
			part.hash.update(part.lines);
			part.lines = "";
		},
		finish() {
			const parts: DigestPart[] = [];
			for (const part of [...open.values()].flatMap((m) => [...m.values()])) {
				if (!part) continue;
				part.hash.update(part.lines);
				const { month, province } = part.name;
				parts.push([month, province, part.rows, part.hash.digest("hex")]);
			}
			return parts.sort(inOrder);
		},
	};
}

/** Compares parts by month, then province. */
export function inOrder(a: DigestPart, b: DigestPart): number {
	return (a[0] ?? -1) - (b[0] ?? -1) || (a[1] ?? -1) - (b[1] ?? -1);
}

/** A part that is not the same in two digests. */
export interface Difference extends PartName {
	readonly table: string;
}

/** The parts in which a digest differs from another of the same publication, also those that only one of them has. */
export function differences(
	one: Record<string, readonly DigestPart[]>,
	other: Record<string, readonly DigestPart[]>,
): Difference[] {
	const found: Difference[] = [];
	for (const table of new Set([...Object.keys(one), ...Object.keys(other)])) {
		const mine = byName(one[table] ?? []);
		const theirs = byName(other[table] ?? []);
		for (const [key, part] of [...mine, ...theirs]) {
			const [month, province, rows, sha256] = part;
			const opposite = mine.get(key) === part ? theirs.get(key) : mine.get(key);
			if (opposite?.[2] === rows && opposite[3] === sha256) continue;
			// Of a part that both have, once.
			if (opposite && mine.get(key) !== part) continue;
			found.push({ table, month, province });
		}
	}
	return found;
}

function byName(parts: readonly DigestPart[]): Map<string, DigestPart> {
	return new Map(
		parts.map((part) => [partKey({ month: part[0], province: part[1] }), part]),
	);
}

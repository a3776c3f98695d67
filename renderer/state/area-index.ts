import { useMemo } from "react";
import type { AreaRow } from "../../core/api/areas.ts";
import { Areas, Districts, Villages } from "../../core/api/areas.ts";
import {
	isApart,
	type Level,
	levelOf,
	parseAreaCode,
} from "../../core/areas/codes.ts";
import { useAnswer } from "./answers.ts";
import { useView } from "./view-state.ts";

/** The areas of /api/areas, found by id and code, and their rows in the cubes. */
export interface AreaIndex {
	readonly all: readonly AreaRow[];
	/** What all the others lie in: for somebody of a province, who is given no more, it is that province. */
	readonly nation: AreaRow;
	byId(id: number): AreaRow | undefined;
	byCode(code: string): AreaRow | undefined;
	children(area: AreaRow): readonly AreaRow[];
	at(level: Level): readonly AreaRow[];
	/** Row of the area in a cube of its own level. */
	row(area: AreaRow): number;
	/** From the nation down to the area itself. */
	path(area: AreaRow): readonly AreaRow[];
}

/** The areas, and kecamatan and kelurahan with them while one of those is chosen. */
export function useAreas() {
	const isBelow = useView(({ area }) => isApartCode(area));
	const query = useAnswer(Areas, {});
	const upper = useMemo(
		() => (query.data ? indexAreas(query.data) : null),
		[query.data],
	);
	const districts = useDistricts(upper, isBelow);
	const { error, refetch } = isBelow && !query.error ? districts : query;
	return {
		...query,
		error,
		refetch: () => void refetch(),
		index: isBelow ? districts.index : upper,
		/** Without kecamatan and kelurahan: the same for as long as the areas are, whatever is chosen. */
		upper,
	};
}

/** The areas with their kecamatan and kelurahan, once these have been asked for; null until they are there. */
export function useDistricts(areas: AreaIndex | null, wanted: boolean) {
	const query = useAnswer(Districts, {}, { enabled: wanted });
	const below = useAnswer(Villages, {}, { enabled: wanted });
	const { data } = query;
	const villages = below.data;
	const index = useMemo(
		() =>
			wanted && areas && data && villages
				? withDistricts(areas, data, villages)
				: null,
		[wanted, areas, data, villages],
	);
	return {
		...query,
		error: query.error ?? below.error,
		refetch: () => Promise.all([query.refetch(), below.refetch()]),
		index,
	};
}

const known = new WeakMap<
	readonly AreaRow[],
	{ villages: readonly AreaRow[]; index: AreaIndex }
>();

/** Made once for all who ask. */
function withDistricts(
	areas: AreaIndex,
	districts: readonly AreaRow[],
	villages: readonly AreaRow[],
): AreaIndex {
	if (areas.at("district").length > 0) return areas;
	const before = known.get(districts);
	if (before?.index.nation === areas.nation && before.villages === villages)
		return before.index;
	const index = indexAreas([...areas.all, ...districts, ...villages]);
	known.set(districts, { villages, index });
	return index;
}

const parts = new WeakMap<AreaIndex, Map<string, AreaIndex>>();

/**
 * The areas with the kecamatan of some provinces or kabupaten/kota alone, and no kelurahan: a kecamatan has the row that it has in a cube of those
 * (core/api/spread). Made once for all who ask.
 * @param index with all kecamatan
 * @param within null: all of them
 */
export function districtsWithin(
	index: AreaIndex,
	within: readonly number[] | null,
): AreaIndex {
	const known = parts.get(index) ?? new Map<string, AreaIndex>();
	parts.set(index, known);
	const key = String(within);
	const before = known.get(key);
	if (before) return before;
	const inside = new Set(within);
	const made = indexAreas(
		index.all.filter(
			(area) =>
				!isApart(area.level) ||
				(area.level === "district" &&
					(within === null ||
						index.path(area).some(({ id }) => inside.has(id)))),
		),
	);
	known.set(key, made);
	return made;
}

function isApartCode(text: string): boolean {
	const code = parseAreaCode(text);
	return code !== undefined && isApart(levelOf(code));
}

/** The areas, with kecamatan and kelurahan where one of those is among what is to be named, by code or id; null until they are there. */
export function useAreasFor(
	named: readonly (string | number)[],
): AreaIndex | null {
	const { index } = useAreas();
	const wanted =
		index !== null &&
		named.some((one) =>
			typeof one === "string"
				? isApartCode(one) && !index.byCode(one)
				: !index.byId(one),
		);
	return useDistricts(index, wanted).index ?? index;
}

/** @throws when nothing lies above all: such an answer is no area table. */
export function indexAreas(all: readonly AreaRow[]): AreaIndex {
	const ids = new Map(all.map((area) => [area.id, area]));
	const codes = new Map(all.map((area) => [area.code, area]));
	const levels = new Map<Level, AreaRow[]>();
	const below = new Map<number, AreaRow[]>();
	const rows = new Map<number, number>();
	for (const area of all) {
		const level = levels.get(area.level) ?? [];
		rows.set(area.id, level.length);
		level.push(area);
		levels.set(area.level, level);
		if (area.parent === null) continue;
		const siblings = below.get(area.parent) ?? [];
		siblings.push(area);
		below.set(area.parent, siblings);
	}
	const nation = all.find(({ parent }) => parent === null || !ids.has(parent));
	if (!nation) throw new Error("the area table is empty");
	return {
		all,
		nation,
		byId: (id) => ids.get(id),
		byCode: (code) => codes.get(code),
		children: (area) => below.get(area.id) ?? [],
		at: (level) => levels.get(level) ?? [],
		row: (area) => rows.get(area.id) ?? -1,
		path(area) {
			const found: AreaRow[] = [];
			let at: AreaRow | undefined = area;
			while (at) {
				found.unshift(at);
				at = at.parent === null ? undefined : ids.get(at.parent);
			}
			return found;
		},
	};
}

/** The area whose parts are looked at: the selected one, or for a kabupaten/kota, kecamatan or kelurahan the one in which it lies. */
export function parentOf(index: AreaIndex, selected: AreaRow): AreaRow {
	return (selected.level === "regency" || isApart(selected.level)) &&
		selected.parent !== null
		? (index.byId(selected.parent) ?? selected)
		: selected;
}

/** The same where kecamatan are looked at: a chosen kabupaten/kota is opened, and its kecamatan are the parts. */
export function openedAt(index: AreaIndex, selected: AreaRow): AreaRow {
	return selected.level === "regency" ? selected : parentOf(index, selected);
}

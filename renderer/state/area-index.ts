import { useMemo } from "react";
import { QUERIES } from "../../core/api/all.ts";
import type { AreaRow } from "../../core/api/areas.ts";
import { type Level, levelOf, parseAreaCode } from "../../core/areas/codes.ts";
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

/** The areas, and the kecamatan with them while one of those is chosen. */
export function useAreas() {
	const isDistrict = useView(({ area }) => isDistrictCode(area));
	const query = useAnswer(QUERIES.areas, {});
	const upper = useMemo(
		() => (query.data ? indexAreas(query.data) : null),
		[query.data],
	);
	const districts = useDistricts(upper, isDistrict);
	const { error, refetch } = isDistrict && !query.error ? districts : query;
	return {
		...query,
		error,
		refetch: () => void refetch(),
		index: isDistrict ? districts.index : upper,
		/** Without the kecamatan: the same for as long as the areas are, whatever is chosen. */
		upper,
	};
}

/** The areas with their kecamatan, once these have been asked for; null until they are there. */
export function useDistricts(areas: AreaIndex | null, wanted: boolean) {
	const query = useAnswer(QUERIES.districts, {}, { enabled: wanted });
	const { data } = query;
	const index = useMemo(
		() => (wanted && areas && data ? withDistricts(areas, data) : null),
		[wanted, areas, data],
	);
	return { ...query, index };
}

const known = new WeakMap<readonly AreaRow[], AreaIndex>();

/** Made once for all who ask. */
function withDistricts(
	areas: AreaIndex,
	districts: readonly AreaRow[],
): AreaIndex {
	if (areas.at("district").length > 0) return areas;
	const before = known.get(districts);
	if (before?.nation === areas.nation) return before;
	const index = indexAreas([...areas.all, ...districts]);
	known.set(districts, index);
	return index;
}

function isDistrictCode(text: string): boolean {
	const code = parseAreaCode(text);
	return code !== undefined && levelOf(code) === "district";
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

/** The area whose parts are looked at: the selected one, or for a kabupaten/kota its province, for a kecamatan its kabupaten/kota. */
export function parentOf(index: AreaIndex, selected: AreaRow): AreaRow {
	return (selected.level === "regency" || selected.level === "district") &&
		selected.parent !== null
		? (index.byId(selected.parent) ?? selected)
		: selected;
}

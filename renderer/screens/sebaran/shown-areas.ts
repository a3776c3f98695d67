import type { FeatureCollection, MultiPolygon, Position } from "geojson";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Origin } from "../../../core/api/figures.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import type { CsvCell } from "../../parts/ui/csv.ts";

/** An area as the map shows it on a day. */
export interface ShownArea {
	readonly area: AreaRow;
	/** Null: not reported, or not to be told; never 0 in its place. */
	readonly value: number | null;
	readonly origin: Origin | null;
	/** Its row in a table: cells under heads. */
	readonly cells: readonly CsvCell[];
}

/** Names of the properties of a feature, the same in every language, under which the cells of a row stand in their order. */
export const PROPERTIES = [
	"day",
	"indicator",
	"known",
	"source",
	"code",
	"name",
	"parent",
	"value",
	"unit",
	"period",
	"marks",
] as const;

/** The shown areas with their shapes; an area that is not drawn has none (null), and is there all the same. */
export function geoJsonOf(
	shown: readonly ShownArea[],
	boundaries: Pick<Boundaries, "partsOf">,
	about: Readonly<Record<string, string | null>>,
): FeatureCollection<MultiPolygon | null> & Record<string, unknown> {
	return {
		type: "FeatureCollection",
		...about,
		features: shown.map(({ area, cells }) => {
			const coordinates = boundaries
				.partsOf(area)
				.map(({ polygon }) => polygon as Position[][]);
			return {
				type: "Feature",
				id: area.code,
				properties: Object.fromEntries(
					PROPERTIES.map((name, at) => [name, cells[at]?.value ?? null]),
				),
				geometry:
					coordinates.length === 0
						? null
						: { type: "MultiPolygon", coordinates },
			};
		}),
	};
}

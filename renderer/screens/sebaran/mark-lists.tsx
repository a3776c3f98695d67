import { useLanguage } from "../../i18n/use-language.ts";
import type { Link } from "../../parts/map/arc-marks.ts";
import { marksAt, valueAt } from "../../state/cube.ts";
import { statedOn } from "../../state/facility-cube.ts";
import { useView } from "../../state/view-state.ts";
import type { MarkKind } from "./mark-kinds.ts";
import type { Listed, ListedRow } from "./mark-list.tsx";
import type { OfTheMap, useHexagons } from "./marks-of.ts";
import { useFacilityWords } from "./pointed-facility.tsx";
import type { FacilityKindOnMap, useFacilities } from "./use-facilities.ts";
import { whyNone, writtenFigure } from "./written-figure.ts";

type Facilities = ReturnType<typeof useFacilities>;

/** What the marks of each kind stand for on a day, the greatest first. */
export function useLists({
	of: { spread, areas, compared },
	label,
	cells,
	links,
	hospitals,
	laboratories,
}: {
	of: OfTheMap;
	label: string;
	cells: ReturnType<typeof useHexagons>;
	links: { links: readonly Link[] } | null;
	hospitals: Facilities;
	laboratories: Facilities;
}): Readonly<Record<MarkKind, Listed | null>> {
	const language = useLanguage();
	const { t, format } = language;
	const explain = useView((view) => view.explain);
	const words = {
		hospital: useFacilityWords(hospitals.measure),
		laboratory: useFacilityWords(laboratories.measure),
	};
	const cube = spread?.cube;
	const rate = cube?.header.rate ?? false;
	const text = (of: string): ListedRow["cells"][number] => ({
		shown: of,
		copied: { value: of, kind: "text" },
	});
	const number = (
		value: number | null,
		shown: string,
	): ListedRow["cells"][number] => ({
		shown,
		copied: { value, kind: "number" },
	});
	const figureOf = (
		row: number,
		day: number,
		area: (typeof compared)[number],
	) => {
		const value = cube ? valueAt(cube, row, day) : null;
		const marks = cube ? marksAt(cube, row, day) : 0;
		return number(value, writtenFigure(language, area, value, marks, rate));
	};
	const byValue = (a: { value: number | null }, b: { value: number | null }) =>
		(b.value ?? Number.NEGATIVE_INFINITY) -
		(a.value ?? Number.NEGATIVE_INFINITY);

	const ofAreas: Listed | null = cube
		? {
				title: label,
				warning: null,
				heads: [t("table.area"), label],
				rows: (day) =>
					compared
						.map((area) => ({
							area,
							value: valueAt(cube, areas.row(area), day),
						}))
						.sort(byValue)
						.map(({ area }) => ({
							key: area.code,
							area,
							cells: [text(area.name), figureOf(areas.row(area), day, area)],
						})),
			}
		: null;
	const inCells = cells.data;
	const facilities = (
		kind: FacilityKindOnMap,
		{ placed, cube, measure }: Facilities,
	): Listed | null =>
		placed && cube
			? {
					title: t(
						kind === "hospital"
							? "marks.kind.hospitals"
							: "marks.kind.laboratories",
					),
					warning: null,
					heads: [
						t("marks.facility"),
						t("table.area"),
						t(
							measure === "emergency-free"
								? "marks.emergencyBeds"
								: measure === "bed-occupancy"
									? "marks.bedShare"
									: "marks.capacityShare",
						),
						t("marks.age"),
					],
					rows: (day) =>
						placed
							.map((one) => {
								const stated = statedOn(cube, one.row, day);
								return { one, stated, value: stated?.value ?? null };
							})
							.sort(byValue)
							.map(({ one, stated, value }) => {
								const [told = "", age = ""] = words[kind](stated);
								return {
									key: one.facility.code,
									area: one.area,
									explain: {
										what: one.facility.name,
										open: () =>
											explain({
												facility: one.facility.id,
												measure,
												day,
											}),
									},
									cells: [
										text(one.facility.name),
										text(one.area?.name ?? ""),
										number(value, told),
										number(stated?.age ?? null, age),
									],
								};
							}),
				}
			: null;
	return {
		circles: ofAreas,
		columns: ofAreas,
		hexagons: inCells
			? {
					title: t("marks.kind.hexagons"),
					warning: null,
					heads: [t("marks.inCell"), label],
					rows: (day) =>
						cells.cells
							.map((cell) => ({ cell, value: valueAt(inCells, cell.row, day) }))
							.sort(byValue)
							.map(({ cell, value }) => ({
								key: String(cell.row),
								area: cell.areas[0] ?? null,
								cells: [
									text(cell.areas.map(({ name }) => name).join(", ")),
									number(
										value,
										value === null
											? whyNone(t, marksAt(inCells, cell.row, day))
											: rate
												? format.rate(value)
												: format.count(value, 0),
									),
								],
							})),
				}
			: null,
		arcs: links
			? {
					title: t("marks.kind.arcs"),
					warning: t("marks.simulated"),
					heads: [
						t("marks.between"),
						t("marks.share"),
						t("marks.first"),
						t("marks.second"),
					],
					rows: (day) =>
						links.links.map(({ a, b, rows, share }) => ({
							key: `${a.code} ${b.code}`,
							area: a,
							cells: [
								text(`${a.name} – ${b.name}`),
								number(share * 100, `${format.number(share * 100)} %`),
								figureOf(rows[0], day, a),
								figureOf(rows[1], day, b),
							],
						})),
				}
			: null,
		hospitals: facilities("hospital", hospitals),
		laboratories: facilities("laboratory", laboratories),
	};
}

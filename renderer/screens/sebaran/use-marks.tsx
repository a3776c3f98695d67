import { Button, Group, Switch } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Scale } from "../../../core/statistics/scale.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { arcs } from "../../parts/map/arc-marks.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import { hexagons } from "../../parts/map/hexagon-marks.ts";
import { type MapMarks, together } from "../../parts/map/map-marks.ts";
import {
	ArcWidths,
	CellClasses,
	CircleSizes,
	ColumnSizes,
	FacilityStates,
	MarkLegend,
} from "../../parts/map/mark-legend.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { circles, columns, marked } from "../../parts/map/value-marks.ts";
import { MARK_KINDS, type MarkKind } from "./mark-kinds.ts";
import { MarkList } from "./mark-list.tsx";
import { useLists } from "./mark-lists.tsx";
import { type OfTheMap, useHexagons, useLinks } from "./marks-of.ts";
import { PointedFacility } from "./pointed-facility.tsx";
import type { SpreadSearch } from "./search.ts";
import { OPEN, useFacilities } from "./use-facilities.ts";

/** The marks that were asked for, of what the map is coloured by, their legends, and the list of one of them. */
export function useMarks({
	search: { marks: kinds, flat = false },
	changeSearch,
	colouring,
	scale,
	label,
	select,
	placeOf,
	...of
}: OfTheMap & {
	search: SpreadSearch;
	changeSearch: (part: Partial<SpreadSearch>) => void;
	colouring: Colouring | null;
	scale: Scale;
	/** What the values are, in words. */
	label: string;
	select: (area: AreaRow) => void;
	/** Where an area stands; null until that is known. */
	placeOf: Boundaries["placeOf"] | null;
}): { marks: MapMarks | null; legends: ReactNode; list: ReactNode } {
	const { t } = useLanguage();
	const { spread, areas, compared } = of;
	const cube = spread?.cube;
	const ground = colouring?.ground;
	const wantsCircles = kinds.includes("circles");
	const wantsColumns = kinds.includes("columns");
	/** Kecamatan have no cells and no simulated mobility. */
	const ofDistricts = cube?.header.level === "district";
	const wantsArcs = kinds.includes("arcs") && !ofDistricts;
	const sized = useMemo(
		() =>
			cube && ground && placeOf && (wantsCircles || wantsColumns)
				? marked(cube, compared, areas.row, ground, placeOf)
				: null,
		[cube, ground, wantsCircles, wantsColumns, compared, areas, placeOf],
	);
	const cells = useHexagons(
		of,
		scale,
		kinds.includes("hexagons") && !ofDistricts,
	);
	const links = useLinks(of, wantsArcs);
	const hospitals = useFacilities(
		"hospital",
		of,
		ground ?? null,
		kinds.includes("hospitals"),
	);
	const laboratories = useFacilities(
		"laboratory",
		of,
		ground ?? null,
		kinds.includes("laboratories"),
	);
	const drawn: Readonly<Record<MarkKind, MapMarks | null>> = {
		hexagons: useMemo(
			() =>
				cells.data && ground
					? hexagons(
							cells.data,
							cells.cells,
							cells.data.header.classes.bounds,
							ground,
						)
					: null,
			[cells.data, cells.cells, ground],
		),
		arcs: useMemo(
			() =>
				links.data && colouring
					? arcs(colouring, links.data.links, links.data.most)
					: null,
			[links.data, colouring],
		),
		circles: useMemo(
			() => (sized && wantsCircles ? circles(sized, "circles") : null),
			[sized, wantsCircles],
		),
		columns: useMemo(
			() => (sized && wantsColumns ? columns(sized, flat) : null),
			[sized, wantsColumns, flat],
		),
		hospitals: hospitals.marks,
		laboratories: laboratories.marks,
	};
	const [first, second, third] = MARK_KINDS.flatMap(
		(kind) => drawn[kind] ?? [],
	);
	const marks = useMemo(() => {
		const shown = [first, second, third].filter((one) => one !== undefined);
		return shown.length > 0 ? together(shown) : null;
	}, [first, second, third]);

	const lists = useLists({
		of,
		label,
		cells,
		links: links.data,
		hospitals,
		laboratories,
	});
	const [listed, setListed] = useState<MarkKind | null>(null);
	const open = listed && kinds.includes(listed) ? lists[listed] : null;

	if (!ground || kinds.length === 0)
		return { marks, legends: null, list: null };
	const sizes = sized &&
		cube && {
			level: cube.header.level,
			most: sized.most,
			whole: !cube.header.rate,
			ground,
			belowZero: cube.values.some((value) => value < 0),
		};
	const waiting = (of: { failure: string | null; retry: () => void }) =>
		of.failure === null ? (
			t("app.loading")
		) : (
			<>
				{t("error.panel", { message: of.failure })}{" "}
				<Button size="compact-xs" onClick={of.retry}>
					{t("app.retry")}
				</Button>
			</>
		);
	const more = (kind: MarkKind) =>
		lists[kind] && (
			<Button
				size="compact-xs"
				variant="default"
				flex="none"
				aria-expanded={listed === kind}
				data-testid={`mark-list-${kind}`}
				onClick={() => setListed(listed === kind ? null : kind)}
			>
				{t("marks.list")}
			</Button>
		);
	const legendOf: Readonly<Record<MarkKind, () => ReactNode>> = {
		circles: () => sizes && <CircleSizes of="circles" {...sizes} />,
		columns: () =>
			sizes && (
				<>
					<ColumnSizes {...sizes} />
					<Switch
						size="xs"
						label={t("marks.flat")}
						data-testid="marks-flat"
						checked={flat}
						onChange={({ currentTarget }) =>
							changeSearch({ flat: currentTarget.checked })
						}
					/>
				</>
			),
		hexagons: () =>
			cells.data ? (
				<CellClasses
					bounds={cells.data.header.classes.bounds}
					ground={ground}
				/>
			) : (
				(ofDistricts && t("marks.notOfDistricts")) || waiting(cells)
			),
		arcs: () =>
			links.data ? (
				<ArcWidths most={links.data.most} ground={ground} />
			) : (
				(ofDistricts && t("marks.notOfDistricts")) || waiting(links)
			),
		hospitals: () =>
			hospitals.marks ? (
				<FacilityStates
					kind="hospital"
					ground={ground}
					states={
						hospitals.measure === "emergency-free"
							? [
									{ full: OPEN, text: t("marks.emergencyOpen") },
									{ full: 1, text: t("marks.emergencyFull") },
								]
							: undefined
					}
				/>
			) : (
				waiting(hospitals)
			),
		laboratories: () =>
			laboratories.marks ? (
				<FacilityStates kind="laboratory" ground={ground} />
			) : (
				waiting(laboratories)
			),
	};
	const lines: Readonly<Record<MarkKind, readonly ReactNode[]>> = {
		circles: [t("marks.circlesMean", { what: label })],
		columns: [t("marks.columnsMean", { what: label })],
		hexagons: [t("marks.hexagonsMean", { what: label, width: cells.width })],
		arcs: [
			<strong key="simulated">{t("marks.simulated")}</strong>,
			t("marks.arcsMean"),
		],
		hospitals: [
			t(
				hospitals.measure === "emergency-free"
					? "marks.emergencyMean"
					: "marks.hospitalsMean",
			),
			<PointedFacility
				key="pointed"
				kind="hospital"
				of={hospitals}
				asKnown={of.asKnown}
			/>,
		],
		laboratories: [
			t("marks.laboratoriesMean"),
			<PointedFacility
				key="pointed"
				kind="laboratory"
				of={laboratories}
				asKnown={of.asKnown}
			/>,
		],
	};
	return {
		marks,
		legends: kinds.map((kind) => (
			<MarkLegend
				key={kind}
				kind={kind}
				title={
					<Group justify="space-between" gap="xs" wrap="nowrap">
						{t(`marks.kind.${kind}`)}
						{more(kind)}
					</Group>
				}
				name={t(`marks.kind.${kind}`)}
				lines={lines[kind]}
			>
				{legendOf[kind]()}
			</MarkLegend>
		)),
		list: open && (
			<MarkList listed={open} select={select} close={() => setListed(null)} />
		),
	};
}

import { type ReactNode, useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Villages } from "../../../core/api/areas.ts";
import type { SpreadHeader } from "../../../core/api/spread.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { seatOf } from "../../parts/map/boundaries.ts";
import type { MapMarks } from "../../parts/map/map-marks.ts";
import { CircleSizes, MarkLegend } from "../../parts/map/mark-legend.tsx";
import type { MapColours } from "../../parts/map/palettes.ts";
import type { Seen } from "../../parts/map/seen.ts";
import { circles, marked } from "../../parts/map/value-marks.ts";
import { useAnswer } from "../../state/answers.ts";
import { type AreaIndex, indexAreas } from "../../state/area-index.ts";
import type { Cube } from "../../state/cube.ts";
import { useSpreadCube } from "../../state/spread.ts";
import { scaleOf } from "./scale-choice.tsx";
import type { Choice } from "./use-choice.ts";

/** The kelurahan on the map, and what their card is written from. */
interface Kelurahan {
	readonly marks: MapMarks | null;
	readonly legend: ReactNode;
	/** The areas with the kelurahan among them, and the values of all of these. */
	readonly shown: {
		readonly areas: AreaIndex;
		readonly cube: Cube<SpreadHeader>;
	} | null;
}

/**
 * The kelurahan of which somebody says where they lie, as circles over the map: while the province, kabupaten/kota or kecamatan in which they
 * lie is looked at, and where the map follows the zoom also while the camera is near enough. Over the whole country they would lie upon one
 * another.
 */
export function useKelurahan({
	areas,
	selected,
	seen,
	choice,
	drawn,
	ground,
	label,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	seen: Seen;
	choice: Choice;
	/** What the map itself is coloured by, of which the words speak. */
	drawn: SpreadHeader | undefined;
	ground: MapColours;
	/** What the values are, in words. */
	label: string;
}): Kelurahan {
	const { t } = useLanguage();
	const { data: villages } = useAnswer(Villages, {});
	const follows = choice.mapLevel === "zoom" && seen.close;
	const placed = useMemo(() => {
		const own = areas.path(selected).find(({ level }) => level === "province");
		const near = follows ? seen.provinces : [];
		const codes = new Set(
			[own, ...near.map(areas.byId)].flatMap((one) => one?.code ?? []),
		);
		return (villages ?? []).filter(
			({ code, lat }) => lat !== null && codes.has(code.slice(0, 2)),
		);
	}, [villages, areas, selected, seen, follows]);
	const index = useMemo(
		() => villages && indexAreas([...areas.all, ...villages]),
		[areas, villages],
	);
	const { indicator, period, rate, asKnown } = choice;
	const { scale } = scaleOf(choice);
	const { data: cube } = useSpreadCube(
		{
			indicator,
			level: "village",
			period,
			rate,
			scale,
			as_known: asKnown,
			within: null,
		},
		placed.length > 0,
	);
	const isOf =
		cube?.header.level === "village" &&
		cube.header.indicator === drawn?.indicator &&
		cube.header.period === drawn.period &&
		cube.header.rate === drawn.rate;
	const of = useMemo(
		() =>
			cube && isOf && index && placed.length > 0
				? marked(cube, placed, index.row, ground, seatOf)
				: null,
		[isOf, cube, index, placed, ground],
	);
	const marks = useMemo(
		() => (of && of.most > 0 ? circles(of, "kelurahan") : null),
		[of],
	);
	return {
		marks,
		legend:
			of && marks && cube ? (
				<MarkLegend
					kind="kelurahan"
					name={t("level.village")}
					title={t("level.village")}
					lines={[t("marks.kelurahanMean", { what: label })]}
				>
					<CircleSizes
						of="kelurahan"
						level={cube.header.level}
						most={of.most}
						whole={!cube.header.rate}
						ground={ground}
						belowZero={cube.values.some((value) => value < 0)}
					/>
				</MarkLegend>
			) : null,
		shown: marks && index && isOf ? { areas: index, cube } : null,
	};
}

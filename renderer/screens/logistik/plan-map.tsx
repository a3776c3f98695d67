import { useMemo } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Plan } from "../../../core/api/plan.ts";
import {
	SUPPLY_CLASSES,
	supplyClass,
} from "../../../core/logistics/supply-class.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { flowArcs } from "../../parts/map/flow-arcs.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import type { Colouring } from "../../parts/map/situation-map.ts";
import { supplyColour } from "../../parts/map/supply-colours.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { usePlainLand } from "../../parts/map/use-plain-land.ts";
import { useTheme } from "../../parts/map/use-theme.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import styles from "./plan.module.css";
import { SupplySign } from "./supply-words.tsx";
import { useItemName } from "./use-item-name.ts";
import type { PlanChoice } from "./use-plan.ts";

/** Classes that a map can be coloured by: not stale, and not without a report. */
const DRAWN = ["critical", "short", "watch", "safe"] as const;

/** Days of supply of one item before or after the plan, and what goes where. */
export function PlanMap({
	areas,
	selected,
	select,
	choice,
	plan,
	item,
	error,
	again,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
	choice: PlanChoice;
	plan: Plan | undefined;
	item: string;
	error: Error | null;
	again: () => void;
}) {
	const { t } = useLanguage();
	const { ground } = useGround();
	const theme = useTheme();
	const { search, asked } = choice;
	const level = asked.tier === "province" ? "regency" : "province";
	/** Where no plan was found nothing is told of how stocks would stand, which is not the same as nobody reporting. */
	const isFound = plan === undefined || plan.areas.length > 0;
	const plain = usePlainLand(isFound ? null : areas);
	const colouring = useMemo((): Colouring | null => {
		if (!plan) return null;
		if (!isFound) return plain;
		const rows = areas.at(level);
		const told = new Map(
			plan.areas
				.filter((one) => one.item === item)
				.map((one) => [one.area, one[search.stage]]),
		);
		const values = Float64Array.from(rows, ({ id }) => {
			const days = told.get(id);
			if (days == null) return Number.NaN;
			const at = DRAWN.indexOf(supplyClass(days, 0) as (typeof DRAWN)[number]);
			return at < 0 ? Number.NaN : at + 1;
		});
		const rowOf = new Map(rows.map(({ id }, row) => [id, row]));
		return {
			cube: {
				header: {
					indicator: "confirmed",
					level,
					firstDay: plan.day,
					days: 1,
					areas: rows.length,
					seq: 0,
					pending: [],
				},
				values,
				marks: new Uint16Array(values.length),
			},
			columnOf: areas
				.at("regency")
				.map(({ id, parent }) =>
					level === "regency"
						? (rowOf.get(id) ?? -1)
						: (rowOf.get(parent ?? -1) ?? -1),
				),
			bounds: [1, 2, 3, 4],
			belowZero: false,
			colours: DRAWN.map((one) => supplyColour(one, theme)),
			ground,
		};
	}, [plan, plain, isFound, areas, level, item, search.stage, ground, theme]);
	const marks = useMemo(() => {
		if (!plan) return null;
		const at = new Map(
			[...plan.warehouses, ...plan.places].map((end) => [end.facility, end]),
		);
		const position = (facility: number) => {
			const end = at.get(facility);
			return end?.lat != null && end.lng != null
				? ([end.lng, end.lat] as const)
				: null;
		};
		// Of both tiers the arcs of the centre: those of a province lie within it.
		const first = asked.tier === "province" ? "province" : "centre";
		return flowArcs(
			"plan",
			plan.lines
				.filter((line) => line.item === item && line.tier === first)
				.flatMap((line) =>
					line.from.flatMap(({ facility, units }) => {
						const [from, to] = [position(facility), position(line.to)];
						return from && to
							? [{ key: `${facility} ${line.to}`, from, to, amount: units }]
							: [];
					}),
				),
			ground,
		);
	}, [plan, item, asked.tier, ground]);
	const nameOf = useItemName();
	return (
		<MapPanel
			className={styles.map}
			areas={areas}
			selected={selected}
			select={select}
			level={isFound ? level : "regency"}
			wholeDays
			shown={{
				colouring,
				failure:
					error && !plan ? { message: error.message, retry: again } : null,
			}}
			label={t("plan.mapLabel", {
				item: nameOf(item),
				stage: t(`plan.stages.${search.stage}`),
			})}
			pin="plan-map"
			stated={null}
			marks={marks}
			legend={
				isFound && (
					<ul
						className={styles.legend}
						data-covers-map
						data-testid="plan-legend"
					>
						{SUPPLY_CLASSES.filter((one) => one !== "stale").map((one) => (
							<li key={one}>
								<SupplySign supply={one} /> {t(`logistics.state.${one}`)}
							</li>
						))}
						<li>{t("plan.arcs")}</li>
					</ul>
				)
			}
			card={() => null}
		/>
	);
}

import { Button, SegmentedControl, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import {
	SPECIMEN_REACH,
	type SpecimenRoutes,
	SpecimenRoutesOf,
} from "../../../core/api/laboratories.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { arcWidth, WIDEST } from "../../parts/map/arc-marks.ts";
import {
	facilityMarks,
	placedFacilities,
} from "../../parts/map/facility-marks.ts";
import { flowArcs } from "../../parts/map/flow-arcs.ts";
import { together } from "../../parts/map/map-marks.ts";
import { MapPanel } from "../../parts/map/map-panel.tsx";
import { FacilityStates } from "../../parts/map/mark-legend.tsx";
import { roundValues } from "../../parts/map/mark-size.ts";
import type { MapColours } from "../../parts/map/palettes.ts";
import { useGround } from "../../parts/map/use-ground.ts";
import { usePlainLand } from "../../parts/map/use-plain-land.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useRootSize } from "../../parts/ui/root-size.ts";
import { useAnswer } from "../../state/answers.ts";
import { useFacilityCube } from "../../state/facility-cube.ts";
import { useSearch } from "../../state/search.ts";
import { boundSign } from "./bound-sign.ts";
import styles from "./laboratory.module.css";
import { originOfRouting } from "./laboratory-origin.ts";
import { boundOf, mostTested } from "./laboratory-words.ts";
import { OriginDrawer } from "./origin-drawer.tsx";
import { logisticsSearch } from "./search.ts";
import type { ShownLaboratories } from "./shown-laboratories.ts";

interface RoutingProps extends ShownLaboratories {
	facilities: readonly FacilityRow[];
	day: Day;
	asKnown: Day | null;
}

/** Which laboratory should take whose specimens, as arcs on the map and as a table. */
export function SpecimenRouting(props: RoutingProps) {
	const { selected, day, asKnown } = props;
	const { t, format } = useLanguage();
	const [{ reach, routes: shownAs }, changeSearch] = useSearch(logisticsSearch);
	// How far specimens are sent stands in no answer: what was asked before is not kept, to be shown under another reach.
	const query = useAnswer(SpecimenRoutesOf, {
		area: selected.id,
		day,
		as_known: asKnown,
		reach: Number(reach),
	});
	const { data } = query;
	return (
		<Panel
			title={t("laboratories.routing.title")}
			testId="specimen-routing"
			className={styles.part ?? ""}
			tools={
				<>
					<Select
						size="xs"
						className={styles.reach}
						aria-label={t("laboratories.routing.reach")}
						data-testid="specimen-reach"
						allowDeselect={false}
						value={reach}
						data={SPECIMEN_REACH.map((km) => ({
							value: String(km),
							label: `≤ ${t("laboratories.routing.kilometres", { km: format.number(km) })}`,
						}))}
						onChange={(value) => changeSearch({ reach: value as typeof reach })}
					/>
					<SegmentedControl
						size="xs"
						aria-label={t("laboratories.routing.shown")}
						data-testid="specimen-shown"
						value={shownAs}
						data={(["map", "table"] as const).map((one) => ({
							value: one,
							label: t(`laboratories.routing.${one}`),
						}))}
						onChange={(value) =>
							changeSearch({ routes: value as typeof shownAs })
						}
					/>
				</>
			}
		>
			{data ? (
				<Routed
					{...props}
					data={props.data}
					routed={data}
					shownAs={shownAs}
					reach={Number(reach)}
				/>
			) : query.error ? (
				<PanelFailure error={query.error} again={query.refetch} />
			) : (
				<PanelNotice>{t("app.loading")}</PanelNotice>
			)}
		</Panel>
	);
}

function Routed({
	routed,
	shownAs,
	...props
}: RoutingProps & {
	routed: SpecimenRoutes;
	shownAs: "map" | "table";
	/** Kilometres that specimens are sent at most. */
	reach: number;
}) {
	const { t, format } = useLanguage();
	const { known } = props;
	const [opened, setOpened] = useState(false);
	const count = (value: number) => format.count(value, 0);
	const more = routed.wouldTestMore
		.slice(0, 5)
		.map((id) => known.get(id)?.name)
		.join(", ");
	return (
		<>
			<p className={styles.note} data-testid="specimen-total">
				{t("laboratories.routing.told", {
					specimens: count(routed.specimens),
					here: count(routed.testedWhereTheyAre),
					sent: count(routed.sent),
					untested: count(routed.untested),
				})}{" "}
				{mostTested(routed, { t, format })}{" "}
				{routed.leftOut > 0 &&
					t("laboratories.routing.leftOut", {
						count: format.number(routed.leftOut),
						all: format.number(routed.laboratories),
					})}{" "}
				<Button
					size="compact-xs"
					variant="default"
					data-testid="routing-explain"
					onClick={() => setOpened(true)}
				>
					{t("value.explain")}
				</Button>
			</p>
			<OriginDrawer
				about={
					opened
						? `${t("laboratories.routing.title")}, ${props.selected.name} · ${format.day(routed.day)}`
						: null
				}
				figures={originOfRouting(routed, props.reach, { t, format })}
				notes={[]}
				close={() => setOpened(false)}
			/>
			{shownAs === "map" ? (
				<RoutesOnMap {...props} routed={routed} />
			) : routed.routes.length === 0 ? (
				<PanelNotice>{t("laboratories.routing.nothing")}</PanelNotice>
			) : (
				<RoutesTable known={known} routed={routed} />
			)}
			<p className={styles.note}>
				{shownAs === "map"
					? t("laboratories.routing.marks")
					: t("laboratories.routing.basis", {
							nearest: format.number(routed.nearest),
						})}
				{more !== "" &&
					shownAs === "table" &&
					` ${t("laboratories.routing.more", { names: more })}`}
			</p>
		</>
	);
}

function RoutesTable({
	known,
	routed,
}: {
	known: ReadonlyMap<number, FacilityRow>;
	routed: SpecimenRoutes;
}) {
	const { t, format } = useLanguage();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
		<div className={styles.routes} tabIndex={0} data-testid="specimen-routes">
			<table>
				<thead>
					<tr>
						<th scope="col">{t("laboratories.routing.from")}</th>
						<th scope="col">{t("laboratories.routing.to")}</th>
						<th scope="col" className="number">
							{t("laboratories.routing.specimens")}
						</th>
						<th scope="col" className="number">
							{t("laboratories.routing.distance")}
						</th>
					</tr>
				</thead>
				<tbody>
					{routed.routes.map(({ from, to, specimens, kilometres }) => (
						<tr key={`${from} ${to}`}>
							<td>{known.get(from)?.name}</td>
							<td>{known.get(to)?.name}</td>
							<td className="number">{format.count(specimens, 0)}</td>
							<td className="number">{format.count(kilometres, 0)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function RoutesOnMap({
	areas,
	selected,
	select,
	data,
	known,
	facilities,
	routed,
	choose,
	asKnown,
}: RoutingProps & { routed: SpecimenRoutes }) {
	const { t, format } = useLanguage();
	const { ground } = useGround();
	const { data: cube } = useFacilityCube(
		{ measure: "capacity-use", as_known: asKnown },
		true,
	);
	const colouring = usePlainLand(areas);
	const [at, setAt] = useState<number | null>(null);
	const pointed =
		at !== null && data.laboratories.find(({ facility }) => facility === at);
	const said = (key: "waiting" | "able", value: number | null) =>
		t(`laboratories.routing.card.${key}`, {
			count: value ?? 0,
			told:
				value === null
					? "–"
					: `${key === "able" && pointed ? boundSign(boundOf(pointed, "able")) : ""}${format.count(value, 0)}`,
		});
	const most = Math.max(0, ...routed.routes.map((one) => one.specimens));
	const marks = useMemo(() => {
		const inside = new Set(data.laboratories.map(({ facility }) => facility));
		const placed = placedFacilities(
			facilities,
			(id) => areas.byId(id) ?? null,
			({ id }) => inside.has(id),
		);
		const at = (id: number): [number, number] | null => {
			const one = known.get(id);
			return one && one.lng !== null && one.lat !== null
				? [one.lng, one.lat]
				: null;
		};
		const flows = routed.routes.flatMap(({ from, to, specimens }) => {
			const [start, end] = [at(from), at(to)];
			return start && end
				? [{ key: `${from} ${to}`, from: start, to: end, amount: specimens }]
				: [];
		});
		return together([
			flowArcs("specimens", flows, ground),
			...(cube?.header.facilities === facilities.length
				? [
						facilityMarks("laboratory", cube, placed, ground, (one) =>
							setAt(one?.facility.id ?? null),
						),
					]
				: []),
		]);
	}, [data, facilities, known, routed, cube, ground, areas]);
	return (
		<MapPanel
			areas={areas}
			selected={selected}
			select={(area) => {
				if (at !== null) choose(at);
				else select(area);
			}}
			className={styles.map}
			level="regency"
			shown={{ colouring, failure: null }}
			label={t("laboratories.routing.mapLabel")}
			wholeDays
			stated={null}
			marks={marks}
			legend={<RoutingLegend most={most} ground={ground} />}
			card={() =>
				pointed && (
					<div className={styles.card} role="status">
						<b>{known.get(pointed.facility)?.name}</b>
						<span>
							{said("waiting", pointed.waiting)} · {said("able", pointed.able)}
						</span>
						<span>
							{pointed.day === null || pointed.age === null
								? t("laboratories.routing.card.silent")
								: t("laboratories.routing.card.reported", {
										day: format.day(pointed.day),
										count: pointed.age,
									})}
						</span>
					</div>
				)
			}
		/>
	);
}

/** How far a laboratory is filled, and how many specimens of a day an arc stands for. */
function RoutingLegend({ most, ground }: { most: number; ground: MapColours }) {
	const { t, format } = useLanguage();
	const rem = useRootSize();
	return (
		<section
			className={styles.legend}
			data-covers-map
			aria-label={t("marks.legend")}
			data-testid="specimen-legend"
		>
			<div>
				<span>{t("laboratories.routing.used")}</span>
				<FacilityStates kind="laboratory" ground={ground} />
			</div>
			{most > 0 && (
				<div>
					<span>{t("laboratories.routing.arcs")}</span>
					<ul>
						{roundValues(most, true, [1, 1 / 10]).map((value) => (
							<li key={value}>
								<i
									style={{
										height: arcWidth(value, most, WIDEST * rem),
										background: ground.selectedLine,
									}}
								/>
								{format.number(value)}
							</li>
						))}
					</ul>
				</div>
			)}
		</section>
	);
}

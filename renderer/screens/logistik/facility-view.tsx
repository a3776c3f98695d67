import { Select } from "@mantine/core";
import { useMemo } from "react";
import { Facilities, type FacilityRow } from "../../../core/api/facilities.ts";
import type { FacilitySupply } from "../../../core/api/logistics.ts";
import { StockOfFacility } from "../../../core/api/stock.ts";
import { watchedIn } from "../../../core/logistics/watched-item.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import numbers from "../../parts/ui/number-button.module.css";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { PinMenu } from "../../parts/ui/pin-menu.tsx";
import { useAnswer } from "../../state/answers.ts";
import { useFollows } from "../../state/follow.ts";
import { facilitiesIn } from "./facilities-in.ts";
import styles from "./facility.module.css";
import {
	BedsReported,
	PatientsReported,
	Reported,
} from "./facility-charts.tsx";
import { FormulaDrawer } from "./formula-drawer.tsx";
import { useOpenedFormula } from "./opened-formula.ts";
import shortage from "./shortage.module.css";
import { StaffPanel } from "./staff-panel.tsx";
import { StockOptions } from "./stock-options.tsx";
import { SupplyName, useDaysText, useOutRange } from "./supply-words.tsx";
import { ToldStock } from "./told-stock.tsx";
import { useFacility } from "./use-facility.ts";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

/** One facility: its patients and beds over time, and each stock with the line on which it goes on. */
export default function FacilityView({ areas, selected }: ViewProps) {
	const { t, format, language } = useLanguage();
	const { search, changeSearch, asked } = useStockChoice();
	const follows = useFollows("facilities");
	const all = useAnswer(Facilities, {});
	const within = useMemo(
		() => facilitiesIn(all.data ?? [], selected, areas),
		[all.data, areas, selected],
	);
	const chosen =
		all.data?.find(({ id }) => String(id) === search.facility) ??
		within.find(({ kind }) => kind === "hospital") ??
		within[0] ??
		null;
	const { told, days, error, again } = useFacility(chosen, asked, all);
	return (
		<div className={shortage.view}>
			<div className={shortage.options}>
				<Select
					size="xs"
					className={styles.choice}
					label={t("logistics.matrix.facility")}
					data-testid="facility-choice"
					searchable
					limit={60}
					allowDeselect={false}
					aria-keyshortcuts="/"
					value={chosen ? String(chosen.id) : null}
					data={(chosen && !within.includes(chosen)
						? [chosen, ...within]
						: within
					).map(({ id, name }) => ({ value: String(id), label: name }))}
					onChange={(facility) => changeSearch({ facility: facility ?? "" })}
				/>
				<StockOptions search={search} changeSearch={changeSearch} />
			</div>
			{!chosen || !told ? (
				<Panel
					title={t("logistics.view.fasilitas")}
					testId="facility-panel"
					className={shortage.matrix}
				>
					{error ? (
						<PanelFailure error={error} again={again} />
					) : (
						<PanelNotice>
							{all.data && !chosen
								? t(follows ? "follow.facilities" : "logistics.noFacilities")
								: t("app.loading")}
						</PanelNotice>
					)}
				</Panel>
			) : (
				<div className={styles.parts}>
					<Stocks facility={chosen} supply={told} />
					<div className={styles.side}>
						{error && <PanelFailure error={error} again={again} />}
						<About facility={chosen} place={areas.byId(chosen.area)?.name} />
						<StaffPanel
							facility={chosen}
							day={asked.day}
							asKnown={asked.as_known}
						/>
						{days && (
							<>
								{chosen.kind === "hospital" && (
									<>
										<PatientsReported series={days} day={asked.day} />
										<BedsReported series={days} day={asked.day} />
									</>
								)}
								{FREE_BEDS.map(([part, ...columns]) => (
									<Reported
										key={part}
										series={days}
										day={asked.day}
										title={t(`logistics.facility.${part}`)}
										columns={columns}
										testId={`facility-${part}`}
									/>
								))}
								<Reported
									series={days}
									day={asked.day}
									title={t("logistics.facility.intensive")}
									columns={[
										"icu_beds",
										"icu_occupied",
										"ventilators",
										"ventilators_used",
									]}
									testId="facility-icu"
								/>
								<Reported
									series={days}
									day={asked.day}
									title={t("logistics.facility.laboratory")}
									expected={chosen.kind === "laboratory"}
									columns={[
										"capacity",
										"specimens_received",
										"tests_done",
										"backlog",
										"positives",
									]}
									testId="facility-laboratory"
								/>
								<Reported
									series={days}
									day={asked.day}
									title={t("logistics.column.extraction")}
									columns={["extraction"]}
									testId="facility-extraction"
								/>
								<Reported
									series={days}
									day={asked.day}
									title={t("logistics.facility.laboratoryParts")}
									columns={[
										"pcr_machines",
										"pcr_runs",
										"laboratory_staff",
										"specimens_per_worker",
									]}
									testId="facility-laboratory-parts"
								/>
							</>
						)}
						<p className="muted">
							{days?.sources.length
								? `${t("logistics.formula.source")}: ${days.sources.map((source) => source[`${language}_name`]).join(", ")}`
								: format.day(asked.day)}
						</p>
					</div>
				</div>
			)}
			<FormulaDrawer />
		</div>
	);
}

/** What a source of free beds tells instead of beds and patients, each with its columns. */
const FREE_BEDS = [
	["emergency", "emergency_free", "emergency_queue"],
	["isolation", "isolation_beds", "isolation_occupied"],
	["classes", "class1_free", "class2_free", "class3_free"],
	["admitted", "patients_confirmed", "admissions"],
] as const;

function About({
	facility,
	place,
}: {
	facility: FacilityRow;
	place: string | undefined;
}) {
	const { t, format } = useLanguage();
	const beds = facility.beds.total;
	return (
		<section className={styles.about} data-testid="facility-about">
			<h2>
				{facility.name}{" "}
				<PinMenu
					kind="facility"
					what={facility.name}
					at={{ facility: String(facility.id) }}
				/>
			</h2>
			<p>
				{[
					place,
					facility.code,
					...(facility.class
						? [t("logistics.facility.class", { class: facility.class })]
						: []),
					...(facility.referral ? [t("logistics.facility.referral")] : []),
					...(beds === undefined
						? []
						: [
								t("logistics.facility.registered", {
									beds: format.number(beds),
								}),
							]),
				]
					.filter(Boolean)
					.join(" · ")}
			</p>
		</section>
	);
}

/** Each item: what was counted, and the line on which it goes on, between those of high and low use. */
function Stocks({
	facility,
	supply,
}: {
	facility: FacilityRow;
	supply: FacilitySupply;
}) {
	const { t, format, language } = useLanguage();
	const { changeSearch, asked } = useStockChoice();
	const { data } = useAnswer(
		StockOfFacility,
		{ facility: facility.id, day: supply.day, as_known: asked.as_known },
		{ keepLast: true },
	);
	const told = new Map(
		data?.facility === facility.id
			? data.items.map((one) => [one.item, one])
			: [],
	);
	const days = useDaysText();
	const outRange = useOutRange();
	const open = useOpenedFormula((state) => state.open);
	return (
		<div className={styles.stocks} data-testid="facility-stocks">
			{supply.items.map((one) => {
				const { about, cell } = one;
				const name = about.name[language];
				const stock = told.get(watchedIn(about.column).item);
				return (
					<Panel
						key={about.column}
						title={name}
						testId={`stock-${about.column}`}
						className={styles.stock}
						tools={<SupplyName supply={cell.supply} />}
					>
						<button
							type="button"
							className={`${numbers.button} ${styles.figures}`}
							title={t("value.explain")}
							onClick={() =>
								open({
									area: facility.area,
									facility: facility.id,
									item: about.column,
									name: `${facility.name} · ${name}`,
								})
							}
						>
							<b>
								{cell.onHand === null
									? t("logistics.state.none")
									: `${format.number(cell.onHand)} ${t(`logistics.unit.${about.unit as "piece"}`)}`}
							</b>
							{cell.countDay !== null && (
								<span>
									{t("logistics.facility.counted", {
										day: format.day(cell.countDay),
										age: format.number(cell.age ?? 0),
									})}
								</span>
							)}
							<span>
								{t("logistics.figures.days")}: {days(cell)}
							</span>
							{cell.use !== null && (
								<span>
									{t("logistics.export.use")}: {format.count(cell.use, 1)} (
									{cell.useFrom && t(`logistics.uses.${cell.useFrom}`)})
								</span>
							)}
							<span>
								{t("logistics.firstOut.when")}:{" "}
								{cell.stockOut === null
									? // Of what is not counted, or of which no use is known, nothing is known of its end either.
										t(
											cell.onHand === null || cell.use === null
												? "logistics.unknown"
												: "logistics.facility.notInSight",
										)
									: format.day(cell.stockOut)}
								{outRange(cell) && ` (${outRange(cell)})`}
							</span>
							{cell.netNeed !== null && (
								<span>
									{t("logistics.figures.need")}: {format.count(cell.netNeed, 0)}
								</span>
							)}
						</button>
						{cell.disagrees &&
							cell.reportedUse !== null &&
							cell.modelledUse !== null && (
								<p className={styles.warn}>
									{t("logistics.facility.disagree", {
										reported: format.count(cell.reportedUse, 1),
										modelled: format.count(cell.modelledUse, 1),
									})}
								</p>
							)}
						{cell.doubtful && (
							<p className={styles.warn}>
								{t("logistics.facility.doubtful", {
									day: format.day(cell.doubtful.day),
									stated: format.number(cell.doubtful.stated),
									fault: t(`heldStock.fault.${cell.doubtful.fault}`),
								})}
								{cell.doubtful.meant !== null &&
									` ${t("logistics.facility.meant", { meant: format.number(cell.doubtful.meant) })}`}
							</p>
						)}
						{stock && (
							<ToldStock
								facility={facility.id}
								told={stock}
								changeSearch={changeSearch}
							/>
						)}
						<StockLine supply={one} day={supply.day} name={name} />
					</Panel>
				);
			})}
		</div>
	);
}

function StockLine({
	supply: { about, counts, projected },
	day,
	name,
}: {
	supply: FacilitySupply["items"][number];
	day: number;
	name: string;
}) {
	const { t } = useLanguage();
	const first = counts[0]?.day ?? projected[0]?.day ?? day;
	const last = projected.at(-1)?.day ?? day;
	const lines = useMemo((): ChartLine[] => {
		const length = last - first + 1;
		const empty = () => new Array<number | null>(length).fill(null);
		const counted = empty();
		for (const one of counts) counted[one.day - first] = one.onHand;
		const expected = empty();
		const low = empty();
		const high = empty();
		for (const one of projected) {
			expected[one.day - first] = one.onHand;
			low[one.day - first] = one.low;
			high[one.day - first] = one.high;
		}
		return [
			{ label: t("logistics.facility.count"), values: counted, look: 0 },
			...(projected.length > 0
				? [
						{
							label: t("logistics.facility.projected"),
							values: expected,
							look: 1,
							band: { low, high },
						},
					]
				: []),
		];
	}, [counts, projected, first, last, t]);
	if (counts.length === 0)
		return <PanelNotice>{t("logistics.state.none")}</PanelNotice>;
	return (
		<LinesChart
			firstDay={first}
			lines={lines}
			today={day + 1}
			todayLabel={t("logistics.facility.shown")}
			description={`${name}: ${t("logistics.facility.count")}, ${t("logistics.facility.projected")}`}
			testId={`line-${about.column}`}
		/>
	);
}

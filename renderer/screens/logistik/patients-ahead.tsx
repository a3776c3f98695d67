import { Button, Checkbox } from "@mantine/core";
import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Demand, DemandOutcome } from "../../../core/api/demand.ts";
import { DemandOf } from "../../../core/api/demand.ts";
import type { Asked } from "../../../core/api/route.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { TableExport } from "../../parts/table/table-export.tsx";
import { Stopped, Working } from "../../parts/ui/computing.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { typedDay } from "../../parts/ui/day-input.tsx";
import { Option } from "../../parts/ui/option.tsx";
import { Panel } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useDraftGuard } from "../../state/drafts.ts";
import { useStoppable } from "../../state/stoppable.ts";
import styles from "./census.module.css";
import { CensusFields } from "./census-fields.tsx";
import {
	type CensusDraft,
	censusText,
	choiceIn,
	choiceOf,
	draftOf,
	SEVERITIES,
} from "./census-way.ts";
import { choiceWords, modelWords } from "./model-words.ts";
import shortage from "./shortage.module.css";
import { useStockChoice } from "./use-stock-choice.ts";

type Projected = Extract<DemandOutcome, { status: "projected" }>;

/** Patients ahead: in which way they are told, by day and severity, and what the model behind them found. */
export function PatientsAhead({
	asked,
	area,
	areas,
	name,
}: {
	asked: Asked<typeof DemandOf>;
	area: AreaRow;
	areas: AreaIndex;
	/** Whose patients. */
	name: string;
}) {
	const { t } = useLanguage();
	const { search, changeSearch } = useStockChoice();
	const { query, progress, stopped, stop, again } = useStoppable(
		DemandOf,
		asked,
	);
	const data =
		query.data?.area === asked.area &&
		query.data.facility === (asked.facility ?? null)
			? query.data
			: undefined;
	const { save, notice } = useSave();
	const projected =
		data?.outcome.status === "projected" ? data.outcome : undefined;
	const exported = useExport({
		part: "pasien",
		area,
		indicator: "stock",
		day: data?.day ?? asked.day,
		asKnown: asked.as_known ?? null,
	});
	const way = useWay();
	const columns = useColumns(projected);
	return (
		<Panel
			title={t("census.title")}
			subtitle={name}
			testId="patients-ahead"
			className={styles.panel ?? ""}
			tools={
				projected && (
					<TableExport
						table={{
							title: t("census.title"),
							name: exported.name,
							heads: [
								t("census.day"),
								...columns.map(({ head }) => head),
								t("logistics.needs.of"),
								t("census.way"),
								...exported.heads,
							],
							rows: () =>
								daysOf(projected).map((day, at): CsvCell[] => [
									{ value: isoFromDay(day), kind: "text" },
									...columns.map(
										({ values }): CsvCell => ({
											value: values[at] ?? null,
											kind: "number",
										}),
									),
									{ value: name, kind: "text" },
									{ value: way, kind: "text" },
									...exported.row(day, null),
								]),
						}}
						save={save}
						testId="patients-export"
					/>
				)
			}
		>
			{notice}
			<Chosen key={search.census} />
			{query.isFetching && <Working progress={progress} stop={stop} />}
			{stopped ? (
				<Stopped again={again} />
			) : query.error && !data ? (
				<PanelFailure error={query.error} again={again} />
			) : !data ? null : (
				<>
					<Told data={data} areas={areas} />
					{projected &&
						(search.patients === "chart" ? (
							<Chart projected={projected} name={name} />
						) : (
							<DaysTable projected={projected} />
						))}
					{projected && (
						<div className={styles.form}>
							<Option
								label={t("census.show")}
								testId="patients-show"
								value={search.patients}
								values={["chart", "table"]}
								nameOf={(one) => t(`census.${one}`)}
								choose={(patients) => changeSearch({ patients })}
							/>
						</div>
					)}
				</>
			)}
		</Panel>
	);
}

/** The way of the address in words: nothing that is exported says otherwise how its patients are told. */
export function useWay(): string {
	const { t, format } = useLanguage();
	const { search } = useStockChoice();
	const way = choiceWords(choiceIn(search.census), { t, format });
	return search.beds === "1" ? `${way}; ${t("census.beds")}` : way;
}

/** The way as it stands in the address, and what is typed of another one until it is complete. */
function Chosen() {
	const { t, format } = useLanguage();
	const { search, changeSearch } = useStockChoice();
	const weeks = Number(search.weeks);
	const before = choiceIn(search.census);
	const [draft, setDraft] = useState<CensusDraft>(() =>
		draftOf(before, format.day),
	);
	const choice = choiceOf(draft, weeks, before);
	const text = choice && censusText(choice);
	// Numbers of a person are not typed twice.
	useDraftGuard(
		draft.way === "hand" && text !== null && text !== search.census,
	);
	const asksNothing = isPlain(draft.way);
	return (
		<form
			className={styles.form}
			data-testid="patients-way"
			onSubmit={(event) => {
				event.preventDefault();
				if (text) changeSearch({ census: text });
			}}
		>
			<CensusFields
				draft={draft}
				weeks={weeks}
				change={(next) => {
					setDraft(next);
					const stated = choiceOf(next, weeks, before);
					if (stated && isPlain(next.way))
						changeSearch({ census: censusText(stated) });
				}}
			/>
			{!asksNothing && (
				<Button
					size="xs"
					type="submit"
					disabled={text === null || text === search.census}
					data-testid="patients-reckon"
				>
					{t("census.reckon")}
				</Button>
			)}
			<Checkbox
				size="xs"
				label={t("census.beds")}
				data-testid="patients-beds"
				checked={search.beds === "1"}
				onChange={({ currentTarget }) =>
					changeSearch({ beds: currentTarget.checked ? "1" : "0" })
				}
			/>
			{!asksNothing && text === null && (
				<small role="status">
					{t("census.incomplete", {
						what: t(`census.${missingOf(draft)}`),
					})}
				</small>
			)}
		</form>
	);
}

/** Needs nothing to be typed, and holds at once. */
const isPlain = (way: CensusDraft["way"]) =>
	way === "held" || way === "renewal";

/** What of a draft is not typed yet, or is no day. */
function missingOf({ way, firstDay, fewerFrom }: CensusDraft) {
	if (way === "hand") return "hand";
	if (way === "first" && typedDay(firstDay) == null) return "firstDay";
	return typedDay(fewerFrom) === undefined ? "fewerFrom" : "doubling";
}

/** What the model found, or why there is none. */
function Told({ data, areas }: { data: Demand; areas: AreaIndex }) {
	const { t, format } = useLanguage();
	const { basis, outcome } = data;
	const refused = outcome.status === "refused";
	const words = modelWords(outcome, basis.patients, { t, format });
	return (
		<p
			className={styles.told}
			data-testid="patients-told"
			role={refused ? "alert" : undefined}
		>
			{words.map((one) => `${one} `)}
			{t("census.telling", {
				telling: format.number(basis.telling),
				of: format.number(basis.hospitals),
			})}{" "}
			{basis.area !== data.area || data.facility !== null
				? t("census.follows", {
						area: areas.byId(basis.area)?.name ?? String(basis.area),
					})
				: ""}
		</p>
	);
}

const daysOf = ({ firstDay, days }: Projected) =>
	Array.from({ length: days }, (_, at) => firstDay + at);

/** The columns of a table of all days. */
function useColumns(projected: Projected | undefined) {
	const { t } = useLanguage();
	return useMemo(() => {
		if (!projected) return [];
		const { census, total, totalWide, waiting } = projected;
		return [
			...SEVERITIES.map((one) => ({
				head: t(`logistics.column.patients_${one}`),
				values: census[one],
			})),
			{ head: t("census.all"), values: total },
			...(totalWide
				? [
						{ head: t("census.low"), values: totalWide.low },
						{ head: t("census.high"), values: totalWide.high },
					]
				: []),
			...(waiting
				? SEVERITIES.map((one) => ({
						head: t("census.waiting", {
							severity: t(`logistics.column.patients_${one}`),
						}),
						values: waiting[one],
					}))
				: []),
		];
	}, [projected, t]);
}

function Chart({ projected, name }: { projected: Projected; name: string }) {
	const { t, format } = useLanguage();
	const { firstDay, total, totalWide, census, peak } = projected;
	const lines = useMemo(
		(): ChartLine[] => [
			{
				label: t("census.all"),
				look: 0,
				values: total,
				...(totalWide && { band: totalWide }),
			},
			{
				label: t("logistics.column.patients_severe"),
				look: 1,
				values: census.severe,
			},
			{
				label: t("logistics.column.patients_critical"),
				look: 2,
				values: census.critical,
			},
		],
		[total, totalWide, census, t],
	);
	return (
		<LinesChart
			firstDay={firstDay}
			lines={lines}
			today={firstDay}
			todayLabel={`${t("census.lastReport")}: ${format.day(firstDay - 1)}`}
			description={t("census.help", {
				area: name,
				day: format.day(firstDay),
				people: peak === null ? "–" : format.count(peak.people, 0),
			})}
			testId="patients-chart"
		/>
	);
}

function DaysTable({ projected }: { projected: Projected }) {
	const { t, format } = useLanguage();
	const columns = useColumns(projected);
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused
		<div className={shortage.list} tabIndex={0}>
			<table data-testid="patients-table">
				<thead>
					<tr>
						<th scope="col">{t("census.day")}</th>
						{columns.map(({ head }) => (
							<th key={head} scope="col" className="number">
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{daysOf(projected).map((day, at) => (
						<tr key={day}>
							<th scope="row">{format.day(day)}</th>
							{columns.map(({ head, values }) => {
								const value = values[at] ?? null;
								return (
									<td key={head} className="number">
										{value === null ? "–" : format.count(value, 1)}
									</td>
								);
							})}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

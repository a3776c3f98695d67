import { Checkbox } from "@mantine/core";
import { useMemo, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type { ScenarioComparison } from "../../../core/api/scenarios.ts";
import {
	ScenariosCompared,
	ScenariosKept,
} from "../../../core/api/scenarios.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { usePanelDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type ChartLine, LinesChart } from "../../parts/chart/lines-chart.tsx";
import { TableExport } from "../../parts/table/table-export.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import numbers from "../../parts/ui/number-button.module.css";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useAnswer } from "../../state/answers.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import { boundSign } from "./bound-sign.ts";
import { fitWords } from "./model-words.ts";
import { OriginDrawer, type OriginOf } from "./origin-drawer.tsx";
import styles from "./scenario.module.css";
import { scenarioFormulaWords } from "./scenario-formula-words.ts";
import {
	changedWords,
	delaysNothing,
	fromFileWords,
	inputWords,
	withoutValue,
} from "./scenario-words.ts";

type Row = ScenarioComparison["rows"][number];

/** Scenarios side by side: patients as lines, figures with what each is more or less than the first, inputs that differ. */
export function ScenarioCompared({
	ids,
	areas,
	selected,
	facilities,
}: {
	ids: readonly string[];
	areas: AreaIndex;
	selected: AreaRow;
	facilities: readonly FacilityRow[];
}) {
	const { t } = useLanguage();
	const query = useAnswer(
		ScenariosCompared,
		{ ids: [...ids] },
		{ keepLast: true },
	);
	const { data } = query;
	if (!data || data.scenarios.length === 0)
		return (
			<Panel
				title={t("scenarios.census")}
				testId="scenario-compared"
				className={styles.list ?? ""}
			>
				{query.error ? (
					<PanelFailure error={query.error} again={query.refetch} />
				) : (
					<PanelNotice>
						{t(data ? "scenarios.choose" : "app.loading")}
					</PanelNotice>
				)}
			</Panel>
		);
	return (
		<div className={styles.compared}>
			<Census data={data} />
			<Figures
				data={data}
				areas={areas}
				selected={selected}
				facilities={facilities}
			/>
			{query.error && (
				<p role="alert">
					{t("scenarios.failed", { message: query.error.message })}
				</p>
			)}
		</div>
	);
}

function Census({ data }: { data: ScenarioComparison }) {
	const { t, format } = useLanguage();
	const known = useMemo(
		() =>
			data.scenarios.flatMap(({ name, result: { census } }, look) =>
				census ? [{ name, census, look }] : [],
			),
		[data],
	);
	const firstDay = Math.min(...known.map(({ census }) => census.firstDay));
	const lines = useMemo(() => {
		const from = Math.min(...known.map(({ census }) => census.firstDay));
		const days = Math.max(
			0,
			...known.map(
				({ census }) => census.firstDay - from + census.total.length,
			),
		);
		return known.map(({ name, census, look }): ChartLine => {
			const laid = (values: readonly (number | null)[]) =>
				Array.from(
					{ length: days },
					(_, at) => values[at - (census.firstDay - from)] ?? null,
				);
			return {
				label: name,
				look,
				values: laid(census.total),
				...(census.low &&
					census.high && {
						band: { low: laid(census.low), high: laid(census.high) },
					}),
			};
		});
	}, [known]);
	return (
		<Panel
			title={t("scenarios.census")}
			subtitle={t("scenarios.band")}
			testId="scenario-compared"
			className={styles.list ?? ""}
		>
			{known.length === 0 ? (
				<PanelNotice>
					{data.scenarios
						.flatMap(({ result }) =>
							result.refused === null
								? []
								: t("census.refused", {
										reason: t(`census.reasons.${result.refused}`),
									}),
						)
						.join(" ")}
				</PanelNotice>
			) : (
				<LinesChart
					firstDay={firstDay}
					lines={lines}
					today={firstDay}
					todayLabel={`${t("scenarios.lastReport")}: ${format.day(firstDay - 1)}`}
					description={t("scenarios.censusHelp", {
						names: known.map(({ name }) => name).join(", "),
						day: format.day(firstDay),
					})}
					testId="scenario-chart"
				/>
			)}
		</Panel>
	);
}

function Figures({
	data,
	areas,
	selected,
	facilities,
}: {
	data: ScenarioComparison;
	areas: AreaIndex;
	selected: AreaRow;
	facilities: readonly FacilityRow[];
}) {
	const { t, format } = useLanguage();
	const day = usePanelDay();
	const asKnown = useView((view) => view.asKnown);
	const { save, notice } = useSave();
	const [asked, setAsked] = useState<{ row: Row; at: number } | null>(null);
	const [onlyDiffering, setOnlyDiffering] = useState(false);
	const kept = useAnswer(ScenariosKept, {}, { enabled: asked !== null });
	const scenario = asked && data.scenarios[asked.at];
	const inputs = kept.data?.scenarios.find(
		({ id }) => id === scenario?.id,
	)?.inputs;
	const exported = useExport({
		part: "skenario",
		area: selected,
		indicator: "stock",
		day,
		asKnown,
	});
	const rows = onlyDiffering
		? data.rows.filter(({ values }) => new Set(values).size > 1)
		: data.rows;
	const formulaOf = ({ key, item }: Row, at: number) =>
		data.scenarios[at]?.formulas.find(
			(one) => one.key === key && one.item === item,
		);
	/** Before a figure that is at most, or at least, what it says. */
	const signOf = (row: Row, at: number) =>
		boundSign(formulaOf(row, at)?.bound ?? null);
	const nameOf = ({ key, item }: Row) =>
		t(`scenarios.figures.${key}`, {
			item: item === null ? "" : t(`scenarios.items.${item}`),
		});
	/** What does not come about, in words; null: there is a value, or it is not known. */
	const without = (row: Row, at: number) => {
		const why = withoutValue(data.rows, row, at);
		return why && t(`scenarios.${why}`);
	};
	/** Of those who tell something: of how many. */
	const ofAll = (row: Row, at: number) => {
		const all = row.key.startsWith("tell")
			? formulaOf(row, at)?.inputs.find(({ of }) => of !== null)?.of
			: null;
		return typeof all === "number"
			? t("scenarios.ofAll", { all: format.number(all) })
			: null;
	};
	const written = (row: Row, at: number) => {
		const { unit } = row;
		const value = row.values[at] ?? null;
		return value === null
			? (without(row, at) ?? "–")
			: unit === "day"
				? format.dayOfYear(value)
				: format.count(value, unit === "days" ? 1 : 0);
	};
	const difference = ({ unit }: Row, value: number | null) =>
		value === null
			? ""
			: unit === "day" || unit === "days"
				? t("logistics.days", {
						days: format.signed(value, unit === "days" ? 1 : 0),
					})
				: format.signed(value, 0);
	const heads = [
		t("scenarios.figure"),
		...data.scenarios.flatMap(({ name }) => [
			name,
			`${name}: ${t("scenarios.difference")}`,
		]),
		...exported.heads,
	];
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{
				value: [
					nameOf(row),
					...new Set(data.scenarios.map((_, at) => ofAll(row, at) ?? "")),
					...new Set(data.scenarios.map((_, at) => signOf(row, at).trim())),
				]
					.filter(Boolean)
					.join(" "),
				kind: "text",
			},
			...data.scenarios.flatMap((_, at): CsvCell[] => {
				const value = row.values[at] ?? null;
				return [
					row.unit === "day" || value === null
						? {
								value: value === null ? without(row, at) : isoFromDay(value),
								kind: "text",
							}
						: { value, kind: "number" },
					{ value: row.differences[at] ?? null, kind: "number" },
				];
			}),
			...exported.row(day, null),
		]);
	/** Where a figure comes from: its formula with what went into it. */
	const originOf = ({ row, at }: { row: Row; at: number }): OriginOf => {
		const formula = formulaOf(row, at);
		const { filled, notes } = scenarioFormulaWords(
			formula,
			row.values[at] ?? null,
			{ t, format, facilities },
		);
		return {
			key: row.key,
			name: nameOf(row),
			result: `${signOf(row, at)}${written(row, at)}`,
			named: t(`scenarios.origin.${row.key}`),
			filled,
			notes: [
				...notes,
				...(at === 0 || (row.differences[at] ?? null) === null
					? []
					: [
							`${t("scenarios.difference")}: ${difference(row, row.differences[at] ?? null)}`,
						]),
			],
		};
	};
	return (
		<Panel
			title={t("scenarios.figure")}
			testId="scenario-figures"
			className={styles.list ?? ""}
			tools={
				<TableExport
					table={{
						title: t("scenarios.title"),
						name: exported.name,
						heads,
						rows: cells,
					}}
					save={save}
					testId="scenario-export"
				/>
			}
		>
			{notice}
			{data.scenarios.length > 1 && (
				<Checkbox
					size="xs"
					className={styles.only ?? ""}
					label={t("scenarios.onlyDiffering")}
					checked={onlyDiffering}
					data-testid="scenario-only-differing"
					onChange={(event) => setOnlyDiffering(event.currentTarget.checked)}
				/>
			)}
			<OriginDrawer
				about={
					scenario
						? [
								scenario.name,
								areas.byCode(scenario.area)?.name ?? scenario.area,
								format.day(scenario.day),
							].join(" · ")
						: null
				}
				figures={asked && scenario ? [originOf(asked)] : []}
				notes={
					scenario
						? [
								t("scenarios.inputsOf", { name: scenario.name }),
								...(inputs
									? (Object.keys(inputs) as (keyof typeof inputs)[]).map(
											(key) =>
												`${t(`scenarios.inputs.${key as "area"}`)}: ${inputWords(
													key,
													inputs[key],
													{
														t,
														format,
														facilities,
														areaName: (code) =>
															areas.byCode(code)?.name ?? code,
													},
												)}`,
										)
									: []),
								t("scenarios.made", {
									area: areas.byCode(scenario.area)?.name ?? scenario.area,
									day: format.dayOfYear(scenario.day),
									seq: format.number(scenario.made.seq),
									catalogue: scenario.made.catalogue.slice(0, 6),
								}),
								t("scenarios.reproduced"),
							]
						: []
				}
				close={() => setAsked(null)}
			/>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused */}
			<div className={styles.table} tabIndex={0}>
				<table data-testid="scenario-table">
					<thead>
						<tr>
							<th scope="col">{t("scenarios.figure")}</th>
							{data.scenarios.map(({ id, name, area, day: of, made }, at) => (
								<th key={id} scope="col" className="number">
									{name}
									<small>
										{at === 0 && `${t("scenarios.first")} · `}
										{t("scenarios.made", {
											area: areas.byCode(area)?.name ?? area,
											day: format.dayOfYear(of),
											seq: format.number(made.seq),
											catalogue: made.catalogue.slice(0, 6),
										})}
									</small>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						<tr>
							<th scope="row">{t("scenarios.changed")}</th>
							{data.scenarios.map(
								({ id, changed, result, formulas, model, differsFromFile }) => (
									<td key={id} data-testid="scenario-changed">
										{changed.map((one) => (
											<small key={one.input}>
												{changedWords(one, {
													t,
													format,
													facilities,
													areaName: (code) => areas.byCode(code)?.name ?? code,
												})}
											</small>
										))}
										{fitWords(model, { t, format }).map((one) => (
											<small key={one}>{one}</small>
										))}
										{result.refused !== null && (
											<small role="note">
												{t("census.refused", {
													reason: t(`census.reasons.${result.refused}`),
												})}
											</small>
										)}
										{result.unknownFacilities.length > 0 && (
											<small role="note">
												{t("scenarios.unknown", {
													codes: result.unknownFacilities.join(", "),
												})}
											</small>
										)}
										{delaysNothing(changed, formulas) && (
											<small role="note">
												{t("scenarios.nothingOnTheWay")}
											</small>
										)}
										{differsFromFile && (
											<small role="note">
												{fromFileWords(differsFromFile, t)}
											</small>
										)}
									</td>
								),
							)}
						</tr>
						{rows.length === 0 && (
							<tr>
								<td colSpan={data.scenarios.length + 1}>
									{t("scenarios.noneDiffers")}
								</td>
							</tr>
						)}
						{rows.map((row) => (
							<tr key={`${row.key} ${row.item}`}>
								<th scope="row">{nameOf(row)}</th>
								{data.scenarios.map(({ id }, at) => (
									<td key={id} className="number">
										<button
											type="button"
											className={numbers.button}
											title={t("value.explain")}
											data-testid={`scenario-number-${row.key}`}
											onClick={() => setAsked({ row, at })}
										>
											{signOf(row, at)}
											{written(row, at)}
										</button>
										{ofAll(row, at) && <small>{ofAll(row, at)}</small>}
										{at > 0 && (
											<small>
												{difference(row, row.differences[at] ?? null)}
											</small>
										)}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</Panel>
	);
}

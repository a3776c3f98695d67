import { Select } from "@mantine/core";
import { Fragment, useMemo, useState } from "react";
import { Facilities } from "../../../core/api/facilities.ts";
import type { Needs } from "../../../core/api/needs.ts";
import { NeedsOf } from "../../../core/api/needs.ts";
import type { Asked } from "../../../core/api/route.ts";
import { HOSPITAL_DEFAULTS } from "../../../core/logistics/census-choice.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import { TableFilter } from "../../parts/table/table-filter.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import numbers from "../../parts/ui/number-button.module.css";
import { Option } from "../../parts/ui/option.tsx";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import { useExport } from "../../parts/ui/use-export.ts";
import { useAnswer } from "../../state/answers.ts";
import { facilitiesIn } from "./facilities-in.ts";
import styles from "./needs.module.css";
import { HORIZONS } from "./search.ts";
import shortage from "./shortage.module.css";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

type Known = Extract<Needs["outcome"], { status: "known" }>;

/** How patients ahead are told (/api/demand), with what the models take where nothing is said. */
const METHODS: Readonly<
	Record<"held" | "renewal", Asked<typeof NeedsOf>["census"]>
> = {
	held: { method: "held" },
	renewal: {
		method: "renewal",
		doublingDays: null,
		hospital: HOSPITAL_DEFAULTS,
	},
};

/** What is needed, of which kind, in which unit, what it costs, and the lines that say how it comes about. */
interface Line {
	readonly key: string;
	readonly kind: string;
	readonly name: string;
	readonly unit: string;
	readonly total: number | null;
	readonly packs: number | null;
	readonly costUsd: number | null;
	readonly formula: readonly string[];
}

/** What an area, or one hospital, will need of everything for the patients ahead; each number opens to how it comes about. */
export default function NeedsView({ areas, selected }: ViewProps) {
	const { t, format } = useLanguage();
	const { search, changeSearch, asked } = useStockChoice();
	const facilities = useAnswer(Facilities, { kind: "hospital" });
	const [filter, setFilter] = useState("");
	const inside = useMemo(
		() => facilitiesIn(facilities.data ?? [], selected, areas),
		[facilities.data, areas, selected],
	);
	const facility =
		inside.find(({ id }) => String(id) === search.facility) ?? null;
	const query = useAnswer(
		NeedsOf,
		{
			area: selected.id,
			...(facility && { facility: facility.id }),
			day: asked.day,
			as_known: asked.as_known,
			weeks: Number(search.weeks),
			census: METHODS[search.census],
			beds: false,
		},
		{ keepLast: true },
	);
	const data =
		query.data?.area === selected.id &&
		query.data.facility === (facility?.id ?? null)
			? query.data
			: undefined;
	const name = facility?.name ?? selected.name;
	return (
		<div className={shortage.view}>
			<div className={shortage.options}>
				<Select
					size="xs"
					className={styles.choice}
					label={t("logistics.needs.of")}
					data-testid="needs-facility"
					searchable
					limit={60}
					allowDeselect={false}
					value={facility ? String(facility.id) : ""}
					data={[
						{
							value: "",
							label: t("logistics.matrix.total", { area: selected.name }),
						},
						...inside.map((one) => ({
							value: String(one.id),
							label: one.name,
						})),
					]}
					onChange={(one) => changeSearch({ facility: one ?? "" })}
				/>
				<Option
					label={t("logistics.horizon")}
					testId="needs-weeks"
					value={search.weeks}
					values={HORIZONS}
					nameOf={(weeks) => t("logistics.weeks", { weeks })}
					choose={(weeks) => changeSearch({ weeks })}
				/>
				<Option
					label={t("logistics.needs.census")}
					testId="needs-census"
					value={search.census}
					values={["held", "renewal"]}
					nameOf={(census) => t(`logistics.needs.method.${census}`)}
					choose={(census) => changeSearch({ census })}
				/>
				<TableFilter value={filter} change={setFilter} testId="needs-filter" />
			</div>
			{data?.outcome.status === "known" ? (
				<NeedsPanel
					needs={data}
					known={data.outcome}
					name={name}
					filter={filter}
					area={selected}
					asKnown={asked.as_known}
				/>
			) : (
				<Panel
					title={t("logistics.view.kebutuhan")}
					subtitle={name}
					testId="needs-panel"
					className={styles.panel}
				>
					{query.error && !data ? (
						<PanelFailure error={query.error} again={query.refetch} />
					) : data?.outcome.status === "refused" ? (
						<PanelNotice>
							{t("logistics.needs.refused", {
								area: name,
								day: format.day(data.day),
								why: data.outcome.explanation,
							})}
						</PanelNotice>
					) : (
						<PanelNotice>{t("app.loading")}</PanelNotice>
					)}
				</Panel>
			)}
		</div>
	);
}

function NeedsPanel({
	needs,
	known,
	name,
	filter,
	area,
	asKnown,
}: {
	needs: Needs;
	known: Known;
	name: string;
	filter: string;
	area: ViewProps["selected"];
	asKnown: number | null;
}) {
	const { t, format } = useLanguage();
	const lines = useLines(known);
	const [opened, setOpened] = useState<string | null>(null);
	const { save, notice } = useSave();
	const exported = useExport({
		part: "kebutuhan",
		area,
		indicator: "stock",
		day: needs.day,
		asKnown,
	});
	const wanted = filter.trim().toLowerCase();
	const shown = lines.filter(
		(line) => wanted === "" || line.name.toLowerCase().includes(wanted),
	);
	const heads = [
		t("logistics.needs.kind"),
		t("logistics.firstOut.item"),
		t("logistics.export.unit"),
		t("logistics.needs.total"),
		t("logistics.needs.packs"),
		t("logistics.needs.cost"),
		t("logistics.needs.how"),
		t("logistics.needs.of"),
		...exported.heads,
	];
	const rows = (): CsvCell[][] =>
		shown.map((line) => [
			{ value: line.kind, kind: "text" },
			{ value: line.name, kind: "text" },
			{ value: line.unit, kind: "text" },
			{ value: line.total, kind: "number" },
			{ value: line.packs, kind: "number" },
			{ value: line.costUsd, kind: "number" },
			{ value: line.formula.join("; "), kind: "text" },
			{ value: name, kind: "text" },
			...exported.row(needs.day, null),
		]);
	return (
		<Panel
			title={t("logistics.view.kebutuhan")}
			subtitle={`${name} · ${t("logistics.weeks", { weeks: known.weeks.length })} · ${format.day(needs.day)}`}
			testId="needs-panel"
			className={styles.panel}
			tools={
				<TableExport
					table={{
						title: t("logistics.view.kebutuhan"),
						name: exported.name,
						heads,
						rows,
					}}
					save={save}
					testId="needs-export"
				/>
			}
		>
			{notice}
			<p className={styles.about}>
				{t("logistics.needs.basis", {
					telling: format.number(needs.basis.tellingSeverity),
					of: format.number(needs.basis.hospitals),
				})}{" "}
				{t("logistics.needs.cost")}:{" "}
				<b data-testid="needs-cost">{format.count(known.costUsd, 0)} USD</b>{" "}
				{t("logistics.needs.unpriced", {
					count: format.number(known.unpriced),
				})}{" "}
				{needs.catalogue.source} ({needs.catalogue.version}).{" "}
				{t("logistics.needs.assumed")}
			</p>
			<div className={shortage.list}>
				<table data-testid="needs-table">
					<thead>
						<tr>
							<th scope="col">{t("logistics.firstOut.item")}</th>
							<th scope="col" className="number">
								{t("logistics.needs.total")}
							</th>
							<th scope="col">{t("logistics.export.unit")}</th>
							<th scope="col" className="number">
								{t("logistics.needs.packs")}
							</th>
							<th scope="col" className="number">
								{t("logistics.needs.cost")}
							</th>
						</tr>
					</thead>
					<tbody>
						{shown.map((line, at) => (
							<Fragment key={line.key}>
								{line.kind !== shown[at - 1]?.kind && (
									<tr>
										<th colSpan={5} scope="rowgroup">
											{line.kind}
										</th>
									</tr>
								)}
								<tr data-need={line.key}>
									<td>{line.name}</td>
									<td className="number">
										<button
											type="button"
											className={numbers.button}
											aria-expanded={opened === line.key}
											title={t("value.explain")}
											onClick={() =>
												setOpened(opened === line.key ? null : line.key)
											}
										>
											{line.total === null
												? t("logistics.needs.noRate")
												: format.number(line.total)}
										</button>
									</td>
									<td>{line.unit}</td>
									<td className="number">
										{line.packs === null ? "–" : format.number(line.packs)}
									</td>
									<td className="number">
										{line.costUsd === null
											? "–"
											: format.count(line.costUsd, 0)}
									</td>
								</tr>
								{opened === line.key && (
									<tr>
										<td colSpan={5} className={styles.formula}>
											{line.formula.map((one) => (
												<p key={one}>{one}</p>
											))}
										</td>
									</tr>
								)}
							</Fragment>
						))}
					</tbody>
				</table>
			</div>
		</Panel>
	);
}

/** All that is needed, with how each number comes about in words and numbers. */
function useLines(known: Known): readonly Line[] {
	const { t, format, language } = useLanguage();
	return useMemo(() => {
		// A rate or a price is written with all its digits: rounded it would not come to what is stated.
		const exact = (value: number) =>
			String(Number(value.toPrecision(6))).replace(
				".",
				language === "id" ? "," : ".",
			);
		const list = (values: readonly number[]) =>
			values.map((value) => format.number(value)).join(" + ");
		const last = known.oxygen.at(-1);
		const rates = known.oxygenRates;
		const oxygen = (
			key: string,
			name: string,
			unit: string,
			value: number,
			formula: string,
		): Line => ({
			key,
			kind: t("logistics.needs.oxygen"),
			name,
			unit,
			total: value,
			packs: null,
			costUsd: null,
			formula: [formula],
		});
		const people = (key: keyof Known["staff"][number]): Line => ({
			key,
			kind: t("logistics.needs.people"),
			name: t(`logistics.needs.staff.${key}`),
			unit: t("logistics.needs.heads"),
			total: known.staff.at(-1)?.[key] ?? null,
			packs: null,
			costUsd: null,
			formula: [
				`${t("logistics.needs.byWeek")}: ${known.staff.map((week) => format.number(week[key])).join(" · ")}`,
			],
		});
		return [
			...known.items.map(
				(item): Line => ({
					key: item.id,
					kind: t(`logistics.needs.kinds.${item.kind}`),
					name: item.name[language],
					unit: t(`logistics.catalogueUnit.${item.unit as "Each"}`),
					total: item.total,
					packs: item.packs,
					costUsd: item.costUsd,
					formula: [
						...item.parts.map(
							(part) =>
								`${t(`logistics.needs.driver.${part.driver as "inpatientBed"}`)}: ${
									part.every === "stock"
										? t("logistics.needs.held", {
												most: format.number(Math.max(...part.drivers)),
												rate: exact(part.amount),
											})
										: `(${list(part.drivers)}) × ${exact(part.amount)}${part.every === "day" ? " × 7" : ""}`
								} = ${format.number(part.units)}`,
						),
						...(item.wholeUnits ? [t("logistics.needs.whole")] : []),
						...(item.packSize === null || item.total === null
							? []
							: [
									`${format.number(item.total)} ÷ ${format.number(item.packSize)} ${t("logistics.needs.perPack")}${item.packAssumed ? ` (${t("logistics.needs.notVerified")})` : ""}`,
								]),
						...(item.costUsd === null || item.total === null
							? []
							: [
									`${format.number(item.total)} × ${exact(item.priceUsd ?? 0)} USD = ${format.count(item.costUsd, 0)} USD`,
								]),
					],
				}),
			),
			...(last
				? [
						oxygen(
							"oxygen-m3",
							t("logistics.needs.gas"),
							"m³",
							last.cubicMetresPerDay,
							`(${format.number(last.severe)} × ${format.number(rates.severe)} + ${format.number(last.critical)} × ${format.number(rates.critical)}) L/min × ${exact(1.44)} = ${format.number(last.cubicMetresPerDay)} m³`,
						),
						oxygen(
							"oxygen-tonnes",
							t("logistics.needs.liquid"),
							"t",
							last.tonnesPerDay,
							`${format.number(last.cubicMetresPerDay)} m³ ÷ ${format.number(rates.cubicMetresPerTonne)} m³/t`,
						),
						oxygen(
							"oxygen-concentrators",
							t("logistics.needs.concentrators"),
							t("logistics.unit.piece"),
							last.concentrators,
							`${format.number(last.litresPerMinute)} L/min ÷ ${format.number(rates.concentratorLitresPerMinute)} L/min`,
						),
						...Object.entries(last.cylindersPerDay).map(([id, count]) =>
							oxygen(
								`oxygen-cylinder-${id}`,
								t("logistics.needs.cylinders", {
									size: format.number(rates.cylinders[id] ?? 0),
								}),
								t("logistics.unit.piece"),
								count,
								`${format.number(last.cubicMetresPerDay)} m³ ÷ ${format.number(rates.cylinders[id] ?? 0)} m³ (${t("logistics.needs.notVerified")})`,
							),
						),
					]
				: []),
			...(
				[
					"inpatientWorkersNeeded",
					"inpatientCleaners",
					"ambulanceWorkers",
					"biomedicalEngineers",
					"isolationCaregivers",
					"screeningWorkersNeeded",
					"labStaff",
					"labCleaners",
				] as const
			).map(people),
			...known.medicines
				.filter(({ total }) => total > 0)
				.map(
					(medicine): Line => ({
						key: medicine.id,
						kind: t("logistics.needs.medicines"),
						name: medicine.name,
						unit: t(`logistics.catalogueUnit.${medicine.unit as "Each"}`),
						total: medicine.total,
						packs: null,
						costUsd: medicine.costUsd,
						formula: (["mild", "moderate", "severe", "critical"] as const)
							.filter((severity) => medicine.perPatient[severity] > 0)
							.map(
								(severity) =>
									`${t(`logistics.column.patients_${severity}`)}: ${format.number(medicine.patients[severity])} × ${exact(medicine.perPatient[severity])}`,
							),
					}),
				),
		];
	}, [known, t, format, language]);
}

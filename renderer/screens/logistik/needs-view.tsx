import { Select } from "@mantine/core";
import { Fragment, useMemo, useState } from "react";
import { Facilities } from "../../../core/api/facilities.ts";
import type { Needs } from "../../../core/api/needs.ts";
import { NeedsOf } from "../../../core/api/needs.ts";
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
import { choiceIn, questionOf } from "./census-way.ts";
import { facilitiesIn } from "./facilities-in.ts";
import styles from "./needs.module.css";
import { type KnownNeeds, needsLines } from "./needs-lines.ts";
import { PatientsAhead, useWay } from "./patients-ahead.tsx";
import { HORIZONS } from "./search.ts";
import shortage from "./shortage.module.css";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

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
	const of = {
		area: selected.id,
		...(facility && { facility: facility.id }),
		day: asked.day,
		as_known: asked.as_known,
		weeks: Number(search.weeks),
		census: questionOf(choiceIn(search.census)),
		beds: search.beds === "1",
	};
	const query = useAnswer(NeedsOf, of, { keepLast: true });
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
				<TableFilter value={filter} change={setFilter} testId="needs-filter" />
			</div>
			<div className={styles.parts}>
				<PatientsAhead asked={of} area={selected} areas={areas} name={name} />
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
								})}{" "}
								{data.outcome.reason === "severity-not-known"
									? t("logistics.needs.severityNotKnown")
									: t("census.refused", {
											reason: t(`census.reasons.${data.outcome.reason}`),
										})}
							</PanelNotice>
						) : (
							<PanelNotice>{t("app.loading")}</PanelNotice>
						)}
					</Panel>
				)}
			</div>
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
	known: KnownNeeds;
	name: string;
	filter: string;
	area: ViewProps["selected"];
	asKnown: number | null;
}) {
	const { t, format, language } = useLanguage();
	const lines = useMemo(
		() => needsLines(known, { t, format, language }),
		[known, t, format, language],
	);
	const [opened, setOpened] = useState<string | null>(null);
	const { save, notice } = useSave();
	const exported = useExport({
		part: "kebutuhan",
		area,
		indicator: "stock",
		day: needs.day,
		asKnown,
	});
	const way = useWay();
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
		t("census.way"),
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
			{ value: way, kind: "text" },
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
				{t("logistics.needs.assumed")} {t("logistics.needs.rounded")}
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
												: line.unit === t("logistics.needs.heads")
													? format.count(line.total, 0)
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

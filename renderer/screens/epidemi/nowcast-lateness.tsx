import type { CSSProperties, ReactNode } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { ToldNowcast } from "../../../core/api/nowcast.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import type { useExport } from "../../parts/ui/use-export.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import styles from "./nowcast.module.css";
import table from "./reproduction.module.css";

/** How late the reports of an area and of those below are, week by week: a table whose cells are the more coloured the later. */
export function NowcastLateness({
	area,
	areas,
	told,
	state,
	exported,
	isOld,
}: {
	area: AreaRow;
	areas: AreaIndex;
	told: ToldNowcast | null;
	/** What is shown while there is no answer. */
	state: ReactNode;
	exported: ReturnType<typeof useExport>;
	/** While another answer is awaited nothing is exported of the one before. */
	isOld: boolean;
}) {
	const { t, format } = useLanguage();
	const { save, notice } = useSave();
	const weeks = told?.delays.weeks ?? [];
	const [own, ...below] = told?.delays.areas ?? [];
	const last = ({ mean }: ToldNowcast["delays"]["areas"][number]) =>
		mean.at(-1) ?? -1;
	const rows = own
		? [own, ...below.toSorted((a, b) => last(b) - last(a))].flatMap((row) => {
				const named = areas.byId(row.area);
				return named ? [{ ...row, named }] : [];
			})
		: [];
	const most = Math.max(
		1,
		...rows.flatMap(({ mean }) => mean.map((days) => days ?? 0)),
	);
	const cells = (): CsvCell[][] =>
		rows.flatMap(({ named, mean, sameDay }) =>
			weeks.map((week, at) => [
				{ value: named.code, kind: "code" } as const,
				{ value: named.name, kind: "text" } as const,
				{ value: mean[at] ?? null, kind: "number" } as const,
				{ value: sameDay[at] ?? null, kind: "number" } as const,
				...exported.row(week, null),
			]),
		);
	return (
		<Panel
			title={t("epidemic.nowcast.lateness", { area: area.name })}
			testId="nowcast-lateness"
			className={styles.lateness ?? ""}
			tools={
				<TableExport
					table={{
						title: t("epidemic.nowcast.latenessShort"),
						name: exported.name,
						heads: [
							t("table.code"),
							t("epidemic.ranking.area"),
							t("epidemic.nowcast.export.mean"),
							t("epidemic.nowcast.export.sameDay"),
							...exported.heads,
						],
						rows: cells,
					}}
					save={save}
					testId="nowcast-lateness-export"
					disabled={weeks.length === 0 || isOld}
				/>
			}
		>
			{notice}
			{state}
			{weeks.length > 0 ? (
				<>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused */}
					<div className={table.scroll} tabIndex={0}>
						<table>
							<thead>
								<tr>
									<th scope="col">{t("epidemic.nowcast.weekOf")}</th>
									{weeks.map((week) => (
										<th key={week} scope="col" className="number">
											{format.dayOfYear(week)}
										</th>
									))}
								</tr>
							</thead>
							<tbody>
								{rows.map(({ named, mean, sameDay }) => (
									<tr
										key={named.id}
										className={named.id === area.id ? styles.own : undefined}
									>
										<th scope="row">{named.name}</th>
										{weeks.map((week, at) => {
											const days = mean[at] ?? null;
											const atOnce = sameDay[at] ?? null;
											return (
												<td
													key={week}
													className={`number ${days === null ? "" : styles.late}`}
													style={
														{ "--late": (days ?? 0) / most } as CSSProperties
													}
													title={
														atOnce === null
															? t("epidemic.nowcast.noEvents")
															: t("epidemic.nowcast.sameDayShare", {
																	share: format.count(atOnce * 100, 0),
																})
													}
												>
													{days === null ? "–" : format.count(days, 1)}
												</td>
											);
										})}
									</tr>
								))}
							</tbody>
						</table>
					</div>
					<p className={table.note}>{t("epidemic.nowcast.latenessHelp")}</p>
				</>
			) : (
				!state && <PanelNotice>{t("epidemic.nowcast.noDelays")}</PanelNotice>
			)}
		</Panel>
	);
}

import type { ReactNode } from "react";
import type { ToldNowcast } from "../../../core/api/nowcast.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TableExport } from "../../parts/table/table-export.tsx";
import type { CsvCell } from "../../parts/ui/csv.ts";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { useSave } from "../../parts/ui/save.tsx";
import type { useExport } from "../../parts/ui/use-export.ts";
import styles from "./nowcast.module.css";
import table from "./reproduction.module.css";

/** 4 January 1970 was a Sunday. */
const A_SUNDAY = 3;
/** Share of the week's mean at the right end of a bar: the mean stands in the middle. */
const WIDEST = 2;

/** Which weekdays are under-reported, and by how much. Its bars stand in their table. */
export function NowcastWeekdays({
	told,
	day,
	state,
	exported,
	isOld,
}: {
	told: ToldNowcast | null;
	day: number;
	/** What is shown while there is no answer. */
	state: ReactNode;
	exported: ReturnType<typeof useExport>;
	/** While another answer is awaited nothing is exported of the one before. */
	isOld: boolean;
}) {
	const { t, format } = useLanguage();
	const { save, notice } = useSave();
	const rows = told?.weekdays.some(
		({ ratio, silent }) => ratio !== null || silent > 0,
	)
		? told.weekdays
		: [];
	const nameOf = (weekday: number) => format.weekday(A_SUNDAY + weekday);
	const percent = (share: number | null) =>
		share === null ? "–" : `${format.count(share * 100, 0)} %`;
	const under = rows.filter((row) => row.under);
	const silent = rows.filter((row) => row.silent > 0);
	const says = [
		under.length > 0 &&
			t("epidemic.nowcast.under", {
				days: under
					.map(({ weekday, ratio }) => `${nameOf(weekday)} ${percent(ratio)}`)
					.join(", "),
			}),
		// Of a weekday that is silent at times it cannot be said that it is reported in full.
		silent.length > 0 &&
			t("epidemic.nowcast.silentDays", {
				days: silent
					.map((row) =>
						t("epidemic.nowcast.silentOf", {
							day: nameOf(row.weekday),
							silent: row.silent,
							all: row.all,
						}),
					)
					.join(", "),
			}),
		rows.length > 0 &&
			under.length + silent.length === 0 &&
			t("epidemic.nowcast.noneUnder"),
	]
		.filter(Boolean)
		.join(" ");
	const cells = (): CsvCell[][] =>
		rows.map((row) => [
			{ value: nameOf(row.weekday), kind: "text" },
			{ value: row.ratio, kind: "number" },
			{ value: row.low, kind: "number" },
			{ value: row.high, kind: "number" },
			{ value: row.sameDay, kind: "number" },
			{ value: row.days, kind: "number" },
			{ value: row.silent, kind: "number" },
			...exported.row(day, null),
		]);
	return (
		<Panel
			title={t("epidemic.nowcast.weekdays")}
			testId="nowcast-weekdays"
			className={styles.weekdays ?? ""}
			tools={
				<TableExport
					table={{
						title: t("epidemic.nowcast.weekdays"),
						name: exported.name,
						heads: [
							t("epidemic.nowcast.weekday"),
							t("epidemic.nowcast.export.ratio"),
							t("epidemic.nowcast.export.ratioLow"),
							t("epidemic.nowcast.export.ratioHigh"),
							t("epidemic.nowcast.export.sameDay"),
							t("epidemic.nowcast.export.days"),
							t("epidemic.nowcast.export.silent"),
							...exported.heads,
						],
						rows: cells,
					}}
					save={save}
					testId="nowcast-weekdays-export"
					disabled={rows.length === 0 || isOld}
				/>
			}
		>
			{notice}
			{state}
			{rows.length > 0 ? (
				<>
					<p className={table.note} data-testid="nowcast-under">
						<b>{says}</b>
					</p>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused */}
					<div className={table.scroll} tabIndex={0}>
						<table>
							<thead>
								<tr>
									<th scope="col">{t("epidemic.nowcast.weekday")}</th>
									<th scope="col" className="number">
										{t("epidemic.nowcast.ofWeek")}
									</th>
									<td />
									<th scope="col" className="number">
										{t("epidemic.nowcast.atOnce")}
									</th>
								</tr>
							</thead>
							<tbody>
								{rows.map((row) => (
									<tr
										key={row.weekday}
										className={row.under ? styles.under : undefined}
									>
										<th scope="row">
											{row.under && <span aria-hidden="true">▼ </span>}
											{nameOf(row.weekday)}
										</th>
										<td className="number">
											{row.ratio === null
												? t("epidemic.nowcast.fewDays")
												: `${percent(row.ratio)} (${format.count((row.low ?? 0) * 100, 0)}–${format.count((row.high ?? 0) * 100, 0)})`}
										</td>
										<td aria-hidden="true" className={styles.barHead}>
											{row.ratio !== null && (
												<span
													className={styles.around}
													data-under={row.under || undefined}
												>
													<i
														style={{
															width: `${Math.min(100, (row.ratio / WIDEST) * 100)}%`,
														}}
													/>
												</span>
											)}
										</td>
										<td className="number">{percent(row.sameDay)}</td>
									</tr>
								))}
							</tbody>
						</table>
					</div>
					<p className={table.note}>{t("epidemic.nowcast.weekdaysHelp")}</p>
				</>
			) : (
				!state && (
					<PanelNotice>
						{t(
							told
								? "epidemic.nowcast.noWeekdays"
								: "epidemic.nowcast.noDelays",
						)}
					</PanelNotice>
				)
			)}
		</Panel>
	);
}

import { useLanguage } from "../../i18n/use-language.ts";
import numbers from "../../parts/ui/number-button.module.css";
import { Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import type { ShownShortage } from "./matrix-rows.ts";
import { useOpenedFormula } from "./opened-formula.ts";
import styles from "./shortage.module.css";
import { SupplySign, useOutRange } from "./supply-words.tsx";

/** What runs out first this week in the area: which facility, what, when, between which days, and how much is missing. */
export function FirstOutList({
	areas,
	selected,
	shortage,
	facilities,
	choice,
}: ShownShortage) {
	const { t, format, language } = useLanguage();
	const range = useOutRange();
	const open = useOpenedFormula((state) => state.open);
	const known = new Map(facilities.map((one) => [one.id, one]));
	const items = new Map(shortage.items.map((one) => [one.column, one]));
	const { firstOut, runningOut, day } = shortage;
	return (
		<Panel
			title={t("logistics.firstOut.title")}
			subtitle={`${selected.name} · ${format.day(day)}`}
			testId="first-out"
			pin={{
				kind: "first-out",
				what: `${t("pin.firstOut")}, ${selected.name}`,
			}}
			className={styles.first}
			tools={
				<span role="status">
					{firstOut.length < runningOut
						? t("logistics.firstOut.shown", {
								shown: format.number(firstOut.length),
								count: format.number(runningOut),
							})
						: t("logistics.firstOut.count", {
								count: format.number(runningOut),
							})}
				</span>
			}
		>
			{firstOut.length === 0 ? (
				<PanelNotice>{t("logistics.firstOut.nothing")}</PanelNotice>
			) : (
				<div className={styles.list}>
					<table>
						<thead>
							<tr>
								<th scope="col">{t("logistics.matrix.facility")}</th>
								<th scope="col">{t("logistics.firstOut.item")}</th>
								<th scope="col">{t("logistics.firstOut.when")}</th>
								<th scope="col" className="number">
									{t("logistics.firstOut.missing")}
								</th>
							</tr>
						</thead>
						<tbody>
							{firstOut.map(({ facility, area, column, cell }) => (
								<tr key={`${facility} ${column}`}>
									<td>
										<button
											type="button"
											className={numbers.button}
											onClick={() =>
												choice.changeSearch({
													view: "fasilitas",
													facility: String(facility),
												})
											}
										>
											{known.get(facility)?.name}
										</button>
										<small>{areas.byId(area)?.name}</small>
									</td>
									<td>
										<SupplySign supply={cell.supply} />{" "}
										{items.get(column)?.name[language]}
									</td>
									<td>
										{cell.stockOut !== null &&
											(cell.stockOut <= day
												? t("logistics.firstOut.since", {
														day: format.dayOfYear(cell.stockOut),
													})
												: format.dayOfYear(cell.stockOut))}
										{range(cell) && <small>{range(cell)}</small>}
									</td>
									<td className="number">
										<button
											type="button"
											className={numbers.button}
											title={t("value.explain")}
											onClick={() =>
												open({
													area,
													facility,
													item: column,
													name: `${known.get(facility)?.name ?? ""} · ${items.get(column)?.name[language] ?? ""}`,
												})
											}
										>
											{cell.netNeed === null
												? "–"
												: format.count(cell.netNeed, 0)}
										</button>
										<small>
											{t(
												`logistics.unit.${(items.get(column)?.unit ?? "piece") as "piece"}`,
											)}
										</small>
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
		</Panel>
	);
}

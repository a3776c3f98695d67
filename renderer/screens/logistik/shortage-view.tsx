import { Facilities } from "../../../core/api/facilities.ts";
import { ShortageOf } from "../../../core/api/logistics.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel, Panel, PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import { FirstOutList } from "./first-out.tsx";
import { FormulaDrawer } from "./formula-drawer.tsx";
import styles from "./shortage.module.css";
import { ShortageMatrix } from "./shortage-matrix.tsx";
import { StockOptions } from "./stock-options.tsx";
import { useStockChoice } from "./use-stock-choice.ts";
import type { ViewProps } from "./view-props.ts";

const ShortageMap = fetched(() => import("./shortage-map.tsx"));

/** Who runs out of what, and when: the matrix of areas or facilities and items, and what runs out first this week. */
export default function ShortageView({ areas, selected, select }: ViewProps) {
	const { t, format } = useLanguage();
	const choice = useStockChoice();
	const { search, changeSearch, asked } = choice;
	const rows =
		selected.level === "regency" ||
		(selected.level === "province" && search.rows === "facilities")
			? "facility"
			: selected.level === "province"
				? "regency"
				: "province";
	const facilities = useAnswer(Facilities, {});
	const query = useAnswer(
		ShortageOf,
		{ area: selected.id, rows, ...asked },
		{ keepLast: true },
	);
	// What was told of another area would stand under this one's name.
	const data = query.data?.area === selected.id ? query.data : undefined;
	const error = query.error ?? facilities.error;
	const told = data?.total.some(
		({ told, warehousesTold }) => told + warehousesTold > 0,
	);
	if (!data || !facilities.data || !told)
		return (
			<Panel
				title={t("logistics.title")}
				subtitle={selected.name}
				testId="shortage-panel"
				className={styles.matrix ?? ""}
			>
				{error && !data ? (
					<PanelFailure
						error={error}
						again={() => Promise.all([query.refetch(), facilities.refetch()])}
					/>
				) : (
					<PanelNotice>
						{data && facilities.data
							? t("logistics.none", {
									area: selected.name,
									day: format.day(data.day),
								})
							: t("app.loading")}
					</PanelNotice>
				)}
			</Panel>
		);
	const shown = {
		areas,
		selected,
		select,
		shortage: data,
		facilities: facilities.data,
		choice,
	};
	return (
		<div className={styles.view}>
			<div className={styles.options}>
				<StockOptions search={search} changeSearch={changeSearch} />
			</div>
			<div className={styles.parts}>
				<ShortageMap
					waiting={
						<ComingPanel className={styles.map}>{t("app.loading")}</ComingPanel>
					}
					areas={areas}
					selected={selected}
					select={select}
					items={data.items}
				/>
				<ShortageMatrix {...shown} />
				<FirstOutList {...shown} />
			</div>
			<FormulaDrawer />
		</div>
	);
}

import { useLanguage } from "../../i18n/use-language.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import { ComingPanel } from "../../parts/ui/panel.tsx";
import { FirstOutList } from "./first-out.tsx";
import { FormulaDrawer } from "./formula-drawer.tsx";
import styles from "./shortage.module.css";
import { ShortageMatrix } from "./shortage-matrix.tsx";
import { StockOptions } from "./stock-options.tsx";
import { ShortageNotThere, useShortage } from "./use-shortage.tsx";
import type { ViewProps } from "./view-props.ts";

const ShortageMap = fetched(() => import("./shortage-map.tsx"));

/** Who runs out of what, and when: the matrix of areas or facilities and items, and what runs out first this week. */
export default function ShortageView(props: ViewProps) {
	const { t } = useLanguage();
	const found = useShortage(props);
	const { shown, choice } = found;
	if (!shown)
		return <ShortageNotThere {...found} className={styles.matrix ?? ""} />;
	return (
		<div className={styles.view}>
			<div className={styles.options}>
				<StockOptions
					search={choice.search}
					changeSearch={choice.changeSearch}
				/>
			</div>
			<div className={styles.parts}>
				<ShortageMap
					waiting={
						<ComingPanel className={styles.map}>{t("app.loading")}</ComingPanel>
					}
					{...props}
					items={shown.shortage.items}
				/>
				<ShortageMatrix {...shown} />
				<FirstOutList {...shown} />
			</div>
			<FormulaDrawer />
		</div>
	);
}

import { STRATA } from "../../../core/logistics/stratum.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Option } from "../../parts/ui/option.tsx";
import { HORIZONS, REUSES } from "./search.ts";
import type { useStockChoice } from "./use-stock-choice.ts";

/** How stocks are reckoned: over how many weeks, in which way of care, worn how often, by which use. */
export function StockOptions({
	search,
	changeSearch,
}: Pick<ReturnType<typeof useStockChoice>, "search" | "changeSearch">) {
	const { t } = useLanguage();
	return (
		<>
			<Option
				label={t("logistics.horizon")}
				testId="stock-weeks"
				value={search.weeks}
				values={HORIZONS}
				nameOf={(weeks) => t("logistics.weeks", { weeks })}
				choose={(weeks) => changeSearch({ weeks })}
			/>
			<Option
				label={t("logistics.use")}
				help={t("logistics.useHelp")}
				testId="stock-use"
				value={search.use}
				values={["reported", "modelled"]}
				nameOf={(use) => t(`logistics.uses.${use}`)}
				choose={(use) => changeSearch({ use })}
			/>
			<Option
				label={t("logistics.stratum")}
				help={t("logistics.stratumHelp")}
				testId="stock-stratum"
				value={search.stratum}
				values={STRATA}
				nameOf={(stratum) => t(`logistics.strata.${stratum}`)}
				choose={(stratum) => changeSearch({ stratum })}
			/>
			<Option
				label={t("logistics.reuse")}
				testId="stock-reuse"
				value={search.reuse}
				values={REUSES}
				nameOf={(times) =>
					times === "1"
						? t("logistics.reuseOnce")
						: t("logistics.reuses", { times })
				}
				choose={(reuse) => changeSearch({ reuse })}
			/>
		</>
	);
}

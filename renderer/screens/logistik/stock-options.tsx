import { Select, Tooltip } from "@mantine/core";
import { STRATA } from "../../../core/logistics/stratum.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { HORIZONS, REUSES } from "./search.ts";
import styles from "./shortage.module.css";
import type { useStockChoice } from "./use-stock-choice.ts";

/** How stocks are reckoned: over how many weeks, in which way of care, worn how often, by which use. */
export function StockOptions({
	search,
	changeSearch,
}: Pick<ReturnType<typeof useStockChoice>, "search" | "changeSearch">) {
	const { t } = useLanguage();
	return (
		<>
			<Select
				size="xs"
				className={styles.option}
				label={t("logistics.horizon")}
				data-testid="stock-weeks"
				allowDeselect={false}
				value={search.weeks}
				data={HORIZONS.map((weeks) => ({
					value: weeks,
					label: t("logistics.weeks", { weeks }),
				}))}
				onChange={(weeks) =>
					changeSearch({ weeks: weeks as typeof search.weeks })
				}
			/>
			<Tooltip
				label={t("logistics.useHelp")}
				multiline
				w="26rem"
				openDelay={500}
			>
				<Select
					size="xs"
					className={styles.option}
					label={t("logistics.use")}
					data-testid="stock-use"
					allowDeselect={false}
					value={search.use}
					data={(["reported", "modelled"] as const).map((use) => ({
						value: use,
						label: t(`logistics.uses.${use}`),
					}))}
					onChange={(use) => changeSearch({ use: use as typeof search.use })}
				/>
			</Tooltip>
			<Tooltip
				label={t("logistics.stratumHelp")}
				multiline
				w="26rem"
				openDelay={500}
			>
				<Select
					size="xs"
					className={styles.option}
					label={t("logistics.stratum")}
					data-testid="stock-stratum"
					allowDeselect={false}
					value={search.stratum}
					data={STRATA.map((stratum) => ({
						value: stratum,
						label: t(`logistics.strata.${stratum}`),
					}))}
					onChange={(stratum) =>
						changeSearch({ stratum: stratum as typeof search.stratum })
					}
				/>
			</Tooltip>
			<Select
				size="xs"
				className={styles.option}
				label={t("logistics.reuse")}
				data-testid="stock-reuse"
				allowDeselect={false}
				value={search.reuse}
				data={REUSES.map((times) => ({
					value: times,
					label:
						times === "1"
							? t("logistics.reuseOnce")
							: t("logistics.reuses", { times }),
				}))}
				onChange={(reuse) =>
					changeSearch({ reuse: reuse as typeof search.reuse })
				}
			/>
		</>
	);
}

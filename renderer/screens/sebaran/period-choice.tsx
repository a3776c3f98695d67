import { NumberInput, SegmentedControl, Switch } from "@mantine/core";
import { indicatorByKey } from "../../../core/series/indicator.ts";
import { LONGEST_PERIOD, type Period } from "../../../core/series/period.ts";
import { clock } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./sebaran.module.css";
import type { Choice } from "./use-choice.ts";

const KINDS = ["day", "last", "since", "all"] as const;

/** An interval begins a month before the day that is shown, until its begin is moved. */
const MONTH = 30;

/** Of which days the figures are, and whether they are for each 100,000 people. */
export function PeriodChoice({ choice }: { choice: Choice }) {
	const { t } = useLanguage();
	const { period, rate, indicator, choosePeriod } = choice;
	const isCounted = indicatorByKey(indicator).kind === "cumulative";
	const begin = (kind: Period["kind"]): Period => {
		switch (kind) {
			case "last":
				return { kind, days: 7 };
			case "since":
				return {
					kind,
					from: Math.max(
						clock.range?.firstDay ?? clock.day,
						clock.day - MONTH + 1,
					),
				};
			default:
				return { kind };
		}
	};
	return (
		<>
			<SegmentedControl
				size="xs"
				aria-label={t("spread.period")}
				data-testid="period"
				disabled={!isCounted}
				value={period.kind}
				onChange={(kind) => choosePeriod(begin(kind as Period["kind"]))}
				data={KINDS.map((kind) => ({
					value: kind,
					label: t(`spread.kind.${kind}`),
				}))}
			/>
			{period.kind === "last" && (
				<NumberInput
					size="xs"
					className={styles.days}
					aria-label={t("spread.days")}
					data-testid="period-days"
					min={1}
					max={LONGEST_PERIOD}
					allowDecimal={false}
					clampBehavior="strict"
					suffix={` ${t("spread.unit")}`}
					value={period.days}
					onChange={(value) => {
						const days = Number(value);
						if (Number.isInteger(days) && days >= 1 && days <= LONGEST_PERIOD)
							choosePeriod({ kind: "last", days });
					}}
				/>
			)}
			<Switch
				size="xs"
				label={t("spread.rate")}
				data-testid="rate"
				checked={rate}
				onChange={({ currentTarget }) =>
					choosePeriod(period, currentTarget.checked)
				}
			/>
		</>
	);
}

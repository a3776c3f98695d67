import { ActionIcon, Button, Slider } from "@mantine/core";
import { Plus, X } from "lucide-react";
import {
	type DatedMeasure,
	LEAST_CHANGE,
	MOST_MEASURES,
} from "../../../core/epidemic/dated-measure.ts";
import type { Day } from "../../../core/series/day.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./projection.module.css";

/** What a new measure is given until it is moved: PSBB of 2020 is planned with as an assumption, not a finding. */
const NEW = { after: 7, percent: -30 };
const MOST_PERCENT = 100;

/** The measures below the chart: the day of each is dragged along the days ahead, as is by how much it changes R; by keyboard as well. */
export function MeasureList({
	measures,
	firstDay,
	days,
	change,
}: {
	measures: readonly DatedMeasure[];
	/** The first day ahead. */
	firstDay: Day;
	days: number;
	change: (measures: DatedMeasure[]) => void;
}) {
	const { t, format } = useLanguage();
	const put = (at: number, part: Partial<DatedMeasure>) =>
		change(
			measures.map((one, place) => (place === at ? { ...one, ...part } : one)),
		);
	return (
		<section
			className={styles.measures}
			aria-label={t("epidemic.measure.title")}
			data-testid="measures"
		>
			{measures.map((one, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: two measures may be of one day and size
				<div key={at} className={styles.measure}>
					<b>
						{t("epidemic.measure.says", {
							day: format.day(one.day),
							percent: format.signed(one.percent),
						})}
						{(one.day < firstDay || one.day >= firstDay + days) && (
							<small>{t("epidemic.measure.outside")}</small>
						)}
					</b>
					<Slider
						key={`day ${one.day}`}
						size="sm"
						min={0}
						max={days - 1}
						defaultValue={Math.min(days - 1, Math.max(0, one.day - firstDay))}
						label={(value) => format.day(firstDay + value)}
						thumbLabel={t("epidemic.measure.day", {
							day: format.day(one.day),
						})}
						onChangeEnd={(value) => put(at, { day: firstDay + value })}
					/>
					<Slider
						key={`percent ${one.percent}`}
						size="sm"
						min={LEAST_CHANGE}
						max={MOST_PERCENT}
						step={5}
						defaultValue={one.percent}
						label={(value) => `${format.signed(value)} %`}
						thumbLabel={t("epidemic.measure.percent", {
							percent: format.signed(one.percent),
						})}
						onChangeEnd={(percent) => put(at, { percent })}
					/>
					<ActionIcon
						size="sm"
						variant="default"
						aria-label={t("epidemic.measure.remove")}
						onClick={() => change(measures.filter((_, place) => place !== at))}
					>
						<X size="0.9em" />
					</ActionIcon>
				</div>
			))}
			<Button
				size="compact-xs"
				variant="default"
				leftSection={<Plus size="0.9em" aria-hidden />}
				disabled={measures.length >= MOST_MEASURES}
				data-testid="measure-add"
				onClick={() =>
					change([
						...measures,
						{ day: firstDay + NEW.after, percent: NEW.percent },
					])
				}
			>
				{t("epidemic.measure.add")}
			</Button>
			<small>{t("epidemic.measure.help")}</small>
		</section>
	);
}

import { Slider } from "@mantine/core";
import { useMemo } from "react";
import { firstDayOfMonth, monthOf } from "../../core/series/day.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type DayRange, SPEEDS } from "./clock.ts";
import { dayByKey } from "./day-by-key.ts";
import { DayField } from "./day-field.tsx";
import { PlayButtons, SpeedChoice } from "./play-buttons.tsx";
import styles from "./timeline.module.css";
import { clock, useClock, useFigureDay } from "./use-clock.ts";

/** The date, large, and everything that moves it. */
export function TimelineBar() {
	const range = useClock((clock) => clock.range);
	return range && <Bar {...range} />;
}

function Bar({ firstDay, lastDay }: DayRange) {
	const { t, format } = useLanguage();
	const day = useFigureDay();
	const months = useMemo(() => {
		const all = [];
		for (let month = monthOf(firstDay) + 1; month <= monthOf(lastDay); month++)
			all.push(month);
		const every = Math.ceil(all.length / 12);
		return all
			.filter((_, at) => at % every === 0)
			.map((month) => ({ value: firstDayOfMonth(month) }));
	}, [firstDay, lastDay]);

	return (
		<section
			className={styles.bar}
			aria-label={t("playback.title")}
			data-testid="timeline"
		>
			<DayField day={day} firstDay={firstDay} lastDay={lastDay} />
			<PlayButtons firstDay={firstDay} />
			<div
				className={styles.track}
				// Before the slider does, which knows no week.
				onKeyDownCapture={(event) => {
					if (event.ctrlKey || event.altKey || event.metaKey) return;
					const there = dayByKey(event, clock.day, { firstDay, lastDay });
					if (there === null) return;
					event.preventDefault();
					event.stopPropagation();
					clock.goTo(there);
				}}
			>
				<Slider
					min={firstDay}
					max={lastDay}
					value={day}
					onChange={(value) => clock.goTo(value)}
					thumbLabel={t("playback.slider")}
					label={(value) => format.day(value)}
					marks={months.map(({ value }) => ({
						value,
						label: format.dayOfYear(value),
					}))}
					data-testid="day-slider"
				/>
			</div>
			<SpeedChoice speeds={SPEEDS} />
		</section>
	);
}

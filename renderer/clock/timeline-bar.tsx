import {
	ActionIcon,
	SegmentedControl,
	Slider,
	TextInput,
	Tooltip,
} from "@mantine/core";
import {
	ChevronFirst,
	ChevronLast,
	ChevronLeft,
	ChevronRight,
	Pause,
	Play,
} from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Day, firstDayOfMonth, monthOf } from "../../core/series/day.ts";
import { dayFromText } from "../i18n/format.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type DayRange, SPEEDS } from "./clock.ts";
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
	const playing = useClock((clock) => clock.playing);
	const speed = useClock((clock) => clock.speed);
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
			<DateField day={day} firstDay={firstDay} lastDay={lastDay} />
			<div className={styles.buttons}>
				<ActionIcon
					variant="subtle"
					aria-label={t("playback.first")}
					onClick={() => clock.goTo(firstDay)}
				>
					<ChevronFirst size="1.3em" />
				</ActionIcon>
				<ActionIcon
					variant="subtle"
					aria-label={t("playback.previous")}
					onClick={() => clock.step(-1)}
				>
					<ChevronLeft size="1.3em" />
				</ActionIcon>
				<Tooltip label={t("playback.keys")}>
					<ActionIcon
						size="xl"
						radius="xl"
						variant="filled"
						aria-label={t(playing ? "playback.pause" : "playback.play")}
						data-testid="play"
						onClick={() => clock.toggle()}
					>
						{playing ? <Pause size="1.4em" /> : <Play size="1.4em" />}
					</ActionIcon>
				</Tooltip>
				<ActionIcon
					variant="subtle"
					aria-label={t("playback.next")}
					onClick={() => clock.step(1)}
				>
					<ChevronRight size="1.3em" />
				</ActionIcon>
				<ActionIcon
					variant="subtle"
					aria-label={t("playback.last")}
					onClick={() => clock.ask(null)}
				>
					<ChevronLast size="1.3em" />
				</ActionIcon>
			</div>
			<div className={styles.track}>
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
			<SegmentedControl
				size="xs"
				aria-label={t("playback.speed")}
				className={styles.speed}
				value={String(speed)}
				onChange={(value) => clock.setSpeed(Number(value))}
				data={SPEEDS.map((count) => ({
					value: String(count),
					label: (
						<Tooltip label={t("playback.daysPerSecond", { count })}>
							<span>{count}×</span>
						</Tooltip>
					),
				}))}
			/>
		</section>
	);
}

function DateField({ day, firstDay, lastDay }: DayRange & { day: Day }) {
	const { t, format } = useLanguage();
	// A draft belongs to the day it was begun on: a day that moved on by itself ends it.
	const [begun, setBegun] = useState<{ text: string; day: Day } | null>(null);
	const draft = begun?.day === day ? begun.text : null;
	const setDraft = (text: string | null) =>
		setBegun(text === null ? null : { text, day });
	const [wrong, setWrong] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	// While time plays the date runs with it, day by day, without drawing the bar again.
	useEffect(
		() =>
			clock.onDay(() => {
				if (clock.playing && field.current)
					field.current.value = format.day(clock.day);
			}),
		[format],
	);
	const commit = () => {
		if (draft === null) return;
		const typed = dayFromText(draft);
		setWrong(typed === undefined);
		if (typed === undefined) return;
		setDraft(null);
		clock.goTo(typed);
	};
	return (
		<TextInput
			className={styles.date}
			aria-label={t("playback.date")}
			data-testid="date-input"
			ref={field}
			value={draft ?? format.day(day)}
			error={wrong ? t("playback.badDate") : undefined}
			description={t("playback.dayOf", {
				day: day - firstDay + 1,
				days: lastDay - firstDay + 1,
			})}
			inputWrapperOrder={["input", "error", "description"]}
			onFocus={(event) => event.currentTarget.select()}
			onChange={(event) => {
				clock.pause();
				setWrong(false);
				setDraft(event.currentTarget.value);
			}}
			onBlur={() => {
				commit();
				setDraft(null);
				setWrong(false);
			}}
			onKeyDown={(event) => {
				if (event.key === "Enter") commit();
				if (event.key === "Escape") {
					setDraft(null);
					setWrong(false);
					event.currentTarget.blur();
				}
			}}
		/>
	);
}

import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Day } from "../../core/series/day.ts";
import { dayFromText } from "../i18n/format.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { DayRange } from "./clock.ts";
import styles from "./timeline.module.css";
import { clock } from "./use-clock.ts";

/** The date, large, to be typed as well. */
export function DayField({ day, firstDay, lastDay }: DayRange & { day: Day }) {
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
